import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { SubmitButton } from "../components/button.tsx";
import { TextArea } from "../components/fields.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage, type Success, useAction } from "../components/outcome.tsx";
import { type JsonBody, withJson } from "../data/api.ts";
import { checkJson } from "../data/json.ts";
import { exampleOf } from "../format/example.ts";

/** The body of a request: these members, and the payload if there is one. @throws {Error} if the payload is not JSON. */
export type WithPayload = (members: object) => object | JsonBody;

interface PayloadFormProps {
  readonly label: string;
  readonly dataFormat: unknown;
  /** The member of the request that holds the payload. */
  readonly member: "value" | "parameters";
  readonly submitLabel: string;
  readonly send: (withPayload: WithPayload) => Promise<Success>;
  /** More fields. */
  readonly children: ComponentChildren;
}

/** Sends an event or a call: a payload, which begins as an example of its data format, and some options. */
export function PayloadForm({ label, dataFormat, member, submitLabel, send, children }: PayloadFormProps) {
  const example = exampleOf(dataFormat);
  const json = useSignal(JSON.stringify(example, null, 2) ?? "");
  const action = useAction();
  const withPayload: WithPayload = (members) =>
    example === undefined ? members : withJson(members, member, checkJson(json.value, "The value"));
  return (
    <Form aria-label={label} onSubmit={() => action.run(() => send(withPayload))}>
      {example !== undefined && (
        <TextArea label={member === "value" ? "Value (JSON)" : "Parameters (JSON)"} signal={json} />
      )}
      {children}
      <SubmitButton class="primary" disabled={action.isBusy.value}>
        {submitLabel}
      </SubmitButton>
      <OutcomeMessage action={action} />
    </Form>
  );
}
