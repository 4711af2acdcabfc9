import { useSignal } from "@preact/signals";
import { bind } from "../components/binding.ts";
import { SubmitButton } from "../components/button.tsx";
import { SelectField, TextField } from "../components/fields.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { request, servicePath } from "../data/api.ts";
import type { DescribedParameter } from "../data/types.ts";
import { formatParameter, parseParameter } from "./parameter-value.ts";

const BOOLEANS = [
  ["true", "true"],
  ["false", "false"],
] as const;

interface ConfigurationProps {
  readonly uuid: string;
  readonly parameters: readonly (readonly [name: string, parameter: DescribedParameter])[];
}

export function Configuration({ uuid, parameters }: ConfigurationProps) {
  return (
    <section class="card">
      <h3>Configuration</h3>
      {parameters.map(([name, parameter]) => (
        <Parameter key={name} uuid={uuid} name={name} parameter={parameter} />
      ))}
    </section>
  );
}

interface ParameterProps {
  readonly uuid: string;
  readonly name: string;
  readonly parameter: DescribedParameter;
}

/** One parameter, sent by itself: what is typed into the others stays. */
function Parameter({ uuid, name, parameter }: ParameterProps) {
  const type = parameter.type.toLowerCase();
  const format = parameter.format ? `, ${parameter.format.toLowerCase()}` : "";
  const label = `${name} (${type}${format})`;
  const current = formatParameter(parameter.value);
  /** `undefined` while the field shows the value that the service has. */
  const typed = useSignal<string | undefined>(undefined);
  const shown = bind<string>(
    () => typed.value ?? current,
    (value) => {
      typed.value = value;
    },
  );
  const action = useAction();
  const send = () =>
    action.run(async () => {
      const { value } = shown;
      const params = { [name]: parseParameter(value, type) };
      await request("POST", servicePath(uuid, "/configuration"), { params });
      typed.value = undefined;
      return { message: `Sent: ${value}. The service registers again with what it has taken.` };
    });
  return (
    <Form class="parameter" onSubmit={send}>
      {type === "boolean" ? (
        <SelectField label={label} signal={shown} choices={BOOLEANS} />
      ) : (
        <TextField label={label} signal={shown} />
      )}
      <SubmitButton disabled={action.isBusy.value || shown.value === current} label={`Send ${name}`}>
        Send
      </SubmitButton>
      <OutcomeMessage action={action} />
    </Form>
  );
}
