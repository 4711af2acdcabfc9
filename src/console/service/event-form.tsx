import { useSignal } from "@preact/signals";
import { h } from "preact";
import { SelectField, TextArea, TextField } from "../components/fields.tsx";
import { checkJson, JsonValue } from "../components/json-text.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { request, servicePath, withJson } from "../data/api.ts";
import type { DescribedEvent } from "../data/types.ts";
import { exampleOf } from "../format/example.ts";

const PRIORITIES = [
  ["0", "low"],
  ["1", "medium"],
  ["2", "high"],
] as const;

/** Publishes an event as if the service had done it; the broker checks the value. */
export function EventForm({ uuid, event }: { readonly uuid: string; readonly event: DescribedEvent }) {
  const example = exampleOf(event.dataFormat);
  const text = useSignal(JSON.stringify(example, null, 2) ?? "");
  const priority = useSignal("1");
  const correlationId = useSignal("");
  const action = useAction();
  const fire = () =>
    action.run(async () => {
      const options = {
        eventId: event.eventId,
        priority: Number(priority.value),
        ...(correlationId.value === "" ? {} : { correlationId: correlationId.value }),
      };
      const body =
        example === undefined ? options : withJson(options, "value", checkJson(text.value, "The value"));
      const published = await request("POST", servicePath(uuid, "/event"), body);
      return { isGood: true, message: "Published.", value: h(JsonValue, { value: published }) };
    });
  return h(
    "form",
    {
      "aria-label": `Fire ${event.eventId}`,
      onSubmit: (submitted) => {
        submitted.preventDefault();
        void fire();
      },
    },
    example === undefined
      ? null
      : h(TextArea, {
          label: "Value (JSON)",
          value: text.value,
          onInput: (value: string) => {
            text.value = value;
          },
        }),
    h(SelectField, {
      label: "Priority",
      value: priority.value,
      choices: PRIORITIES,
      onChange: (value: string) => {
        priority.value = value;
      },
    }),
    h(TextField, {
      label: "Correlation id",
      placeholder: "none",
      value: correlationId.value,
      onInput: (value: string) => {
        correlationId.value = value;
      },
    }),
    h("button", { type: "submit", class: "primary", disabled: action.isBusy.value }, "Fire the event"),
    h(OutcomeText, { action }),
  );
}
