import { useSignal } from "@preact/signals";
import { h } from "preact";
import { SelectField, TextField } from "../components/fields.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { request, servicePath } from "../data/api.ts";
import type { DescribedParameter } from "../data/types.ts";
import { readParameter, showParameter } from "./parameter-text.ts";

interface ConfigurationProps {
  readonly uuid: string;
  readonly parameters: readonly (readonly [name: string, parameter: DescribedParameter])[];
}

export function Configuration({ uuid, parameters }: ConfigurationProps) {
  return h(
    "section",
    { class: "card" },
    h("h3", null, "Configuration"),
    parameters.map(([name, parameter]) => h(Parameter, { key: name, uuid, name, parameter })),
  );
}

interface ParameterProps {
  readonly uuid: string;
  readonly name: string;
  readonly parameter: DescribedParameter;
}

/** One parameter, sent by itself: what is typed into the others stays. */
function Parameter({ uuid, name, parameter }: ParameterProps) {
  const { type, format, value } = parameter;
  /** What was typed; `undefined` shows the value that the service has. */
  const typed = useSignal<string | undefined>(undefined);
  const action = useAction();
  const current = showParameter(value);
  const text = typed.value ?? current;
  const label = `${name} (${type.toLowerCase()}${format ? `, ${format.toLowerCase()}` : ""})`;
  const onText = (next: string) => {
    typed.value = next;
  };
  const send = () =>
    action.run(async () => {
      const params = { [name]: readParameter(text, type) };
      await request("POST", servicePath(uuid, "/configuration"), { params });
      typed.value = undefined;
      return { isGood: true, message: `Sent: ${text}. The service registers again with what it has taken.` };
    });
  return h(
    "form",
    {
      class: "parameter",
      onSubmit: (event) => {
        event.preventDefault();
        void send();
      },
    },
    type.toLowerCase() === "boolean"
      ? h(SelectField, {
          label,
          value: text,
          choices: [
            ["true", "true"],
            ["false", "false"],
          ],
          onChange: onText,
        })
      : h(TextField, { label, value: text, onInput: onText }),
    h(
      "button",
      { type: "submit", disabled: action.isBusy.value || text === current, "aria-label": `Send ${name}` },
      "Send",
    ),
    h(OutcomeText, { action }),
  );
}
