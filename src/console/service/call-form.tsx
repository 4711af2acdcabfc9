import { useSignal } from "@preact/signals";
import { h } from "preact";
import { CheckField, TextArea, TextField } from "../components/fields.tsx";
import { checkJson, JsonValue } from "../components/json-text.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { request, servicePath, withJson } from "../data/api.ts";
import type { DescribedFunction } from "../data/types.ts";
import { exampleOf, hasNamedParameters } from "../format/example.ts";

/** Milliseconds for which a response event is waited for. */
const WAIT = 5_000;

/** Calls a function; the broker checks the value, unless a client's own check is what is tested. */
export function CallForm({
  uuid,
  described,
}: {
  readonly uuid: string;
  readonly described: DescribedFunction;
}) {
  const { functionId, dataFormat, responseEvents } = described;
  const example = exampleOf(dataFormat);
  const text = useSignal(JSON.stringify(example, null, 2) ?? "");
  const correlationId = useSignal("");
  const waits = useSignal((responseEvents ?? []).length > 0);
  const isUnchecked = useSignal(false);
  const action = useAction();
  const call = () =>
    action.run(async () => {
      const options = {
        functionId,
        ...(correlationId.value === "" ? {} : { correlationId: correlationId.value }),
        ...(waits.value ? { wait: WAIT } : {}),
        check: !isUnchecked.value,
      };
      const name = hasNamedParameters(dataFormat) ? "parameters" : "value";
      const body =
        example === undefined ? options : withJson(options, name, checkJson(text.value, "The value"));
      const path = servicePath(uuid, "/call");
      const { response } = await request<{ response?: unknown }>("POST", path, body);
      return response === undefined
        ? { isGood: true, message: "Called." }
        : { isGood: true, message: "The response event:", value: h(JsonValue, { value: response }) };
    });
  return h(
    "form",
    {
      "aria-label": `Call ${functionId}`,
      onSubmit: (submitted) => {
        submitted.preventDefault();
        void call();
      },
    },
    example === undefined
      ? null
      : h(TextArea, {
          label: hasNamedParameters(dataFormat) ? "Parameters (JSON)" : "Value (JSON)",
          value: text.value,
          onInput: (value: string) => {
            text.value = value;
          },
        }),
    h(TextField, {
      label: "Correlation id",
      placeholder: "a new one",
      value: correlationId.value,
      onInput: (value: string) => {
        correlationId.value = value;
      },
    }),
    h(CheckField, {
      label: `Wait for a response event (${WAIT / 1_000} s)`,
      checked: waits.value,
      onChange: (checked: boolean) => {
        waits.value = checked;
      },
    }),
    h(CheckField, {
      label: "Send it even if it does not fit",
      checked: isUnchecked.value,
      onChange: (checked: boolean) => {
        isUnchecked.value = checked;
      },
    }),
    h("button", { type: "submit", class: "primary", disabled: action.isBusy.value }, "Call the function"),
    h(OutcomeText, { action }),
  );
}
