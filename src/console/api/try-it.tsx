import { type Signal, signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { SubmitButton } from "../components/button.tsx";
import { TextField } from "../components/fields.tsx";
import { Form } from "../components/form.tsx";
import { HighlightedJson } from "../components/json.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { countOf } from "../data/amounts.ts";
import { requestText } from "../data/api.ts";
import { indent } from "../trace/json-text.ts";
import type { Endpoint, Parameter } from "./document.ts";

/** More of an answer is nothing that somebody reads here. */
const MAX_SHOWN = 20_000;

/** Asks the broker; only for what changes nothing. */
export function TryIt({ endpoint: { path, operation } }: { readonly endpoint: Endpoint }) {
  const parameters = operation.parameters ?? [];
  const [values] = useState(() => new Map(parameters.map(({ name }) => [name, signal("")])));
  const action = useAction();
  const ask = () =>
    action.run(async () => {
      // As it came: parsed, large integers lose digits.
      const answer = indent(await requestText("GET", fill(path, parameters, values)));
      const rest = answer.length - MAX_SHOWN;
      return {
        message: rest > 0 ? `The answer, without its last ${countOf(rest, "character")}:` : "The answer:",
        value: <HighlightedJson json={answer.slice(0, MAX_SHOWN)} />,
      };
    });
  return (
    <Form onSubmit={ask}>
      {parameters.map(({ name }) => {
        const typed = values.get(name);
        return typed && <TextField key={name} label={name} signal={typed} />;
      })}
      <SubmitButton>Try it</SubmitButton>
      <OutcomeMessage action={action} />
    </Form>
  );
}

function fill(
  path: string,
  parameters: readonly Parameter[],
  values: ReadonlyMap<string, Signal<string>>,
): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: place } of parameters) {
    const value = values.get(name)?.value ?? "";
    if (place === "path") {
      if (value === "") {
        throw new Error(`${name}: is missing`);
      }
      filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    } else if (value !== "") {
      query.set(name, value);
    }
  }
  return query.size === 0 ? filled : `${filled}?${query}`;
}
