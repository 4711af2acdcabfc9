import type { ComponentChildren, ComponentType } from "preact";
import type { Binding } from "../../components/binding.ts";
import { Button } from "../../components/button.tsx";
import type { Field } from "../../format/field.ts";
import { hintOf } from "../../format/hint.ts";
import type { JsonNode } from "../../format/lossless.ts";

/** What every input for a part of a value gets. */
export interface InputProps<T extends Field = Field> {
  readonly field: T;
  readonly label: string;
  /** `undefined` while it is missing. */
  readonly value: Binding<JsonNode | undefined>;
  /** Takes an optional member, or an item of a list, out; `undefined` for what has to stay. */
  readonly onRemove?: (() => void) | undefined;
}

/** The same for a value of values. */
export interface OuterProps<T extends Field> extends InputProps<T> {
  /** The inputs for what is in it: they know all kinds, and this one is one of them. */
  readonly Inner: ComponentType<InputProps>;
}

interface LeafBoxProps extends InputProps {
  /** Of the control. */
  readonly id: string;
  readonly problem: string | undefined;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** One control: its label and what fits above it, what is wrong below it. */
export function LeafBox({
  id,
  field,
  label,
  problem,
  onRemove,
  children,
  class: className = "",
}: LeafBoxProps) {
  return (
    <div class={`field leaf ${className}`}>
      <div class="leaf-head">
        <label for={id}>{label}</label>
        <small id={`${id}-hint`}>{hintOf(field)}</small>
        <RemoveButton label={label} onRemove={onRemove} />
      </div>
      {children}
      <p id={`${id}-problem`} class="problem">
        {problem}
      </p>
    </div>
  );
}

/** The attributes that tie a control to what `LeafBox` says of it. */
export function described(id: string, problem: string | undefined) {
  return {
    id,
    "aria-invalid": problem !== undefined,
    "aria-describedby": `${id}-hint ${id}-problem`,
  };
}

export function RemoveButton({ label, onRemove }: Pick<InputProps, "label" | "onRemove">) {
  return (
    onRemove !== undefined && (
      <Button class="link" onClick={onRemove}>
        Remove<span class="unseen"> {label}</span>
      </Button>
    )
  );
}
