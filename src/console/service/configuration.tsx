import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { bind } from "../components/binding.ts";
import { SubmitButton } from "../components/button.tsx";
import { CheckField } from "../components/fields.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { ApiError, request, servicePath, withJson } from "../data/api.ts";
import type { DescribedParameter } from "../data/types.ts";
import { findMisfits } from "../format/check-node.ts";
import { type Field, fieldOfType } from "../format/field.ts";
import { type JsonNode, nodeOf, writeNode } from "../format/lossless.ts";
import { readable } from "../format/readable.ts";
import { ValueInput } from "./input/value-input.tsx";

interface ConfigurationProps {
  readonly uuid: string;
  readonly parameters: readonly (readonly [name: string, parameter: DescribedParameter])[];
}

export function Configuration({ uuid, parameters }: ConfigurationProps) {
  const isUnchecked = useSignal(false);
  return (
    <section class="card">
      <h3>Configuration</h3>
      {parameters.map(([name, parameter]) => (
        <Parameter key={name} uuid={uuid} name={name} parameter={parameter} isUnchecked={isUnchecked} />
      ))}
      <CheckField label="Send parameters without checking" signal={isUnchecked} />
    </section>
  );
}

interface ParameterProps {
  readonly uuid: string;
  readonly name: string;
  readonly parameter: DescribedParameter;
  readonly isUnchecked: Signal<boolean>;
}

/** One parameter, sent by itself: what is typed into the others stays. */
function Parameter({ uuid, name, parameter, isUnchecked }: ParameterProps) {
  const type = parameter.type.toLowerCase();
  const format = parameter.format?.toLowerCase();
  const field = useMemo(() => parameterField(type, format), [type, format]);
  const current = nodeOf(parameter.value ?? "");
  /** `undefined` while the field shows the value that the service has. */
  const typed = useSignal<JsonNode | undefined>(undefined);
  const shown = bind<JsonNode | undefined>(
    () => typed.value ?? current,
    (value) => {
      typed.value = value;
    },
  );
  const action = useAction();
  const send = () =>
    action.run(async () => {
      const value = shown.value ?? null;
      const misfits = isUnchecked.peek() ? [] : findMisfits(field, value, name);
      if (misfits.length > 0) {
        throw new ApiError(`Not sent: ${name} ${misfits[0]?.message}`, misfits);
      }
      const params = `{${JSON.stringify(name)}:${writeNode(value, 0)}}`;
      const members = { check: !isUnchecked.peek() };
      await request("POST", servicePath(uuid, "/configuration"), withJson(members, "params", params));
      typed.value = undefined;
      const sent = readable(writeNode(value, 0));
      return { message: `Sent: ${sent}. The service registers again with what it has taken.` };
    });
  const isSame = typed.value === undefined || writeNode(typed.value) === writeNode(current);
  return (
    <Form class="parameter" onSubmit={send}>
      <ValueInput field={field} label={name} value={shown} />
      <SubmitButton disabled={isSame} label={`Send ${name}`}>
        Send
      </SubmitButton>
      <OutcomeMessage action={action} />
    </Form>
  );
}

/** A type that nobody knows is text. What the field says of a number does not tell which one it is: its format does. */
function parameterField(type: string, format: string | undefined): Field {
  const field = fieldOfType(type, format);
  if (field.kind === "any") {
    return { ...fieldOfType("string", undefined), description: type };
  }
  return field.kind === "number" ? { ...field, description: format } : field;
}
