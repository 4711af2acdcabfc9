import { bind } from "../../components/binding.ts";
import { Button } from "../../components/button.tsx";
import { describeMisfit } from "../../format/check-node.ts";
import type { ListField } from "../../format/field.ts";
import { hintOf } from "../../format/hint.ts";
import { isList, type JsonNode, withItem } from "../../format/lossless.ts";
import { type InputProps, type OuterProps, RemoveButton } from "./parts.tsx";

/** Rows that are shown; more are in the JSON. */
const MAX_ROWS = 50;

/** A list: one row for each item, which can be taken out, and one more can be added. */
export function ListInput({ field, label, value, onRemove, Inner }: OuterProps<ListField>) {
  const node = value.value;
  const items = isList(node) ? node : [];
  const item = field.item();
  const hint = hintOf(field);
  const add = () => {
    value.value = [...items, item.example() ?? null];
  };
  return (
    <fieldset class="group list-input">
      <legend>
        {label} <small>{hint === "list" ? `${items.length} in the list` : hint}</small>{" "}
        <RemoveButton label={label} onRemove={onRemove} />
      </legend>
      {items.slice(0, MAX_ROWS).map((_, index) => (
        <Inner
          key={index}
          field={item}
          label={`${label} ${index + 1}`}
          value={itemOf(value, index)}
          onRemove={() => {
            value.value = withItem(items, index, undefined);
          }}
        />
      ))}
      {items.length > MAX_ROWS && <p class="hint">{items.length - MAX_ROWS} more are in the JSON.</p>}
      <p class="problem">{describeMisfit(field, node)}</p>
      <div class="actions">
        <Button onClick={add}>
          Add to the list<span class="unseen"> {label}</span>
        </Button>
      </div>
    </fieldset>
  );
}

function itemOf(value: InputProps["value"], index: number) {
  return bind<JsonNode | undefined>(
    () => (isList(value.value) ? value.value[index] : undefined),
    (changed) => {
      value.value = withItem(value.value, index, changed);
    },
  );
}
