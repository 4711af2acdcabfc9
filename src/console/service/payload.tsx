import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { bind } from "../components/binding.ts";
import { Button } from "../components/button.tsx";
import { TextArea } from "../components/fields.tsx";
import { Tabs } from "../components/tabs.tsx";
import { ApiError, describeProblem, type JsonBody, withJson } from "../data/api.ts";
import { checkJson } from "../data/json.ts";
import { findMisfits } from "../format/check-node.ts";
import { exampleOf } from "../format/example.ts";
import { type Field, fieldOf } from "../format/field.ts";
import { type JsonNode, parseNode, writeNode } from "../format/lossless.ts";
import { GroupInput } from "./input/group-input.tsx";
import { ValueInput } from "./input/value-input.tsx";
import { inputMode } from "./view-state.ts";

const MODES = [
  ["fields", "Fields"],
  ["json", "JSON"],
] as const;

/** The member of a request that holds the payload. */
export type PayloadMember = "value" | "parameters";

/** What is sent with an event or a call: one JSON, which fields and a text show. It begins as an example. */
export interface Payload {
  /** `undefined` for no payload. */
  readonly field: Field | undefined;
  readonly json: Signal<string>;
}

export function usePayload(dataFormat: unknown): Payload {
  const field = useMemo(() => fieldOf(dataFormat), [dataFormat]);
  const json = useSignal(exampleJson(dataFormat));
  return { field, json };
}

function exampleJson(dataFormat: unknown): string {
  return JSON.stringify(exampleOf(dataFormat) ?? null, null, 2);
}

/**
 * The body of a request: these members, and the payload if there is one.
 * @param isChecked whether what the fields show has to fit; what stands in the JSON is checked by the broker.
 * @throws {Error} if the payload is not JSON, or does not fit.
 */
export function bodyOf(
  { field, json }: Payload,
  member: PayloadMember,
  members: object,
  isChecked: boolean,
): JsonBody {
  if (field === undefined) {
    return { json: JSON.stringify(members) };
  }
  const text = checkJson(json.peek(), "The value");
  if (isChecked && inputMode.value === "fields") {
    const misfits = findMisfits(field, parseNode(text));
    if (misfits.length > 0) {
      throw new ApiError("Not sent, because this does not fit:", misfits);
    }
  }
  return withJson(members, member, text);
}

interface PayloadInputProps {
  readonly payload: Payload;
  readonly member: PayloadMember;
  readonly dataFormat: unknown;
}

/** The payload by its fields, or as JSON: one is always what the other is. */
export function PayloadInput({ payload: { field, json }, member, dataFormat }: PayloadInputProps) {
  if (field === undefined) {
    return null;
  }
  const label = member === "value" ? "Value" : "Parameters";
  return (
    <Tabs label="Enter it by" tabs={MODES} signal={inputMode}>
      {inputMode.value === "json" ? (
        <TextArea label={`${label} (JSON)`} signal={json} />
      ) : (
        <Fields field={field} label={label} json={json} dataFormat={dataFormat} />
      )}
    </Tabs>
  );
}

interface FieldsProps {
  readonly field: Field;
  readonly label: string;
  readonly json: Signal<string>;
  readonly dataFormat: unknown;
}

function Fields({ field, label, json, dataFormat }: FieldsProps) {
  const { node, problem } = read(json.value);
  if (problem !== undefined) {
    return (
      <div class="outcome bad">
        <p>The fields cannot show this JSON: {problem}</p>
        <div class="actions">
          <Button
            onClick={() => {
              inputMode.value = "json";
            }}
          >
            Back to the JSON
          </Button>
          <Button
            onClick={() => {
              json.value = exampleJson(dataFormat);
            }}
          >
            Begin anew with an example
          </Button>
        </div>
      </div>
    );
  }
  const value = bind<JsonNode | undefined>(
    () => node,
    (changed) => {
      json.value = writeNode(changed ?? null);
    },
  );
  return field.kind === "group" ? (
    <GroupInput field={field} label={label} value={value} Inner={ValueInput} isRoot />
  ) : (
    <div class="group root">
      <ValueInput field={field} label={label} value={value} />
    </div>
  );
}

function read(json: string): { readonly node?: JsonNode; readonly problem?: string } {
  try {
    return { node: parseNode(json) };
  } catch (error) {
    return { problem: describeProblem(error) };
  }
}
