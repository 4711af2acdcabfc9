import { useId } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { describeMisfit } from "../../format/check-node.ts";
import { fromLocal, toLocal } from "../../format/date-time.ts";
import type { ChoiceField, NumberField, PlainField, TextField } from "../../format/field.ts";
import { isLosslessNumber, type JsonNode, writeNode } from "../../format/lossless.ts";
import { numberText, readNumber, stepFrom } from "../../format/number-text.ts";
import { readable } from "../../format/readable.ts";
import { described, type InputProps, LeafBox } from "./parts.tsx";

/** A text field and not `type="number"`, which is empty for what is not a number: what was typed could not be explained. */
export function NumberInput(props: InputProps<NumberField>) {
  const { field, value } = props;
  const id = useId();
  const problem = describeMisfit(field, value.value);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const text = stepFrom(numberText(value.value), field.step ?? 1, event.key === "ArrowUp" ? 1 : -1);
      const next = readNumber(text);
      // At the bound it stays; a value beyond it comes back, step by step.
      if (describeMisfit(field, next) === undefined || problem !== undefined) {
        value.value = next;
      }
    }
  };
  return (
    <LeafBox {...props} id={id} problem={problem}>
      <input
        {...described(id, problem)}
        type="text"
        inputMode={field.isInteger && field.min >= 0 ? "numeric" : "decimal"}
        autocomplete="off"
        value={numberText(value.value)}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          value.value = readNumber(event.currentTarget.value);
        }}
      />
    </LeafBox>
  );
}

export function TextInput(props: InputProps<TextField>) {
  const { field, value } = props;
  const id = useId();
  const problem = describeMisfit(field, value.value);
  const text = textOf(value.value);
  const attributes = {
    ...described(id, problem),
    value: text,
    autocomplete: "off" as const,
    spellcheck: false,
    dir: "auto" as const,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => {
      value.value = event.currentTarget.value;
    },
  };
  // An input has one line, and would lose the others.
  const isLong = text.includes("\n") || text.length > 80;
  return (
    <LeafBox {...props} id={id} problem={problem} class={isLong ? "wide" : ""}>
      {isLong ? <textarea rows={4} {...attributes} /> : <input type="text" {...attributes} />}
    </LeafBox>
  );
}

/** Chosen by the reader's clock. What cannot be shown like that stays as it is until another one is chosen. */
export function TimeInput(props: InputProps<TextField>) {
  const { field, value } = props;
  const id = useId();
  const problem = describeMisfit(field, value.value);
  return (
    <LeafBox {...props} id={id} problem={problem} class="broad">
      <div class="with-button">
        <input
          {...described(id, problem)}
          type="datetime-local"
          step="0.001"
          value={toLocal(textOf(value.value))}
          onInput={(event) => {
            value.value = fromLocal(event.currentTarget.value);
          }}
        />
        <Button
          onClick={() => {
            value.value = new Date().toISOString();
          }}
        >
          Now
        </Button>
      </div>
      <small>sent as {textOf(value.value) || "nothing"}</small>
    </LeafBox>
  );
}

export function ChoiceInput(props: InputProps<ChoiceField>) {
  const { field, value } = props;
  const id = useId();
  const problem = describeMisfit(field, value.value);
  const current = value.value === undefined ? "" : writeNode(value.value, 0);
  const choices = field.values.map((each) => writeNode(each, 0));
  const isOther = !choices.includes(current);
  return (
    <LeafBox {...props} id={id} problem={problem}>
      <select
        {...described(id, problem)}
        value={current}
        onChange={(event) => {
          // One that is not a choice stands before them.
          const chosen = field.values[event.currentTarget.selectedIndex - (isOther ? 1 : 0)];
          if (chosen !== undefined) {
            value.value = chosen;
          }
        }}
      >
        {isOther && (
          <option value={current} selected>
            {current || "Choose one"}
          </option>
        )}
        {field.values.map((each, index) => (
          <option key={choices[index]} value={choices[index]} selected={choices[index] === current}>
            {textOf(each)}
          </option>
        ))}
      </select>
    </LeafBox>
  );
}

export function SwitchInput(props: InputProps<PlainField>) {
  const { field, value } = props;
  const id = useId();
  const problem = describeMisfit(field, value.value);
  return (
    <LeafBox {...props} id={id} problem={problem}>
      <span class="switch">
        <input
          {...described(id, problem)}
          type="checkbox"
          role="switch"
          checked={value.value === true}
          aria-checked={value.value === true}
          onChange={(event) => {
            value.value = event.currentTarget.checked;
          }}
        />
        <span aria-hidden="true">{value.value === true ? "on" : "off"}</span>
      </span>
    </LeafBox>
  );
}

/** What has no field of its own: it is said, and stays in the JSON. */
export function PlainValue({ field, label, value, onRemove }: InputProps<PlainField>) {
  const id = useId();
  const text = value.value === undefined ? "nothing" : readable(writeNode(value.value, 0));
  return (
    <LeafBox field={field} label={label} value={value} onRemove={onRemove} id={id} problem={undefined}>
      <output id={id} aria-describedby={`${id}-hint`}>
        {text}
      </output>
      {field.kind === "any" && <small>Any value fits. Change it in the JSON.</small>}
    </LeafBox>
  );
}

function textOf(node: JsonNode | undefined): string {
  if (node === undefined) {
    return "";
  }
  return typeof node === "string" ? node : isLosslessNumber(node) ? node.value : writeNode(node, 0);
}
