import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Binding } from "./binding.ts";

interface BoxProps {
  /** Of the control. */
  readonly id: string;
  readonly label: string;
  readonly class?: string | undefined;
  readonly children: ComponentChildren;
}

/** A control below its label. */
export function FieldBox({ id, label, class: className = "", children }: BoxProps) {
  return (
    <div class={`field ${className}`}>
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}

interface FieldProps<T> {
  readonly label: string;
  readonly signal: Binding<T>;
  readonly class?: string | undefined;
}

export type Choice<T extends string = string> = readonly [value: T, label: string];

interface SelectProps<T extends string> extends FieldProps<T> {
  readonly choices: readonly Choice<T>[];
  readonly disabled?: boolean | undefined;
}

export function SelectField<T extends string>(props: SelectProps<T>) {
  const { label, signal, choices, disabled = false } = props;
  const id = useId();
  const { value } = signal;
  const choose = (index: number) => {
    const [chosen] = choices[index] ?? [];
    if (chosen !== undefined) {
      signal.value = chosen;
    }
  };
  return (
    <FieldBox id={id} label={label} class={props.class}>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => choose(event.currentTarget.selectedIndex)}
      >
        {choices.map(([each, text]) => (
          <option key={each} value={each} selected={each === value}>
            {text}
          </option>
        ))}
      </select>
    </FieldBox>
  );
}

interface TextProps extends FieldProps<string> {
  readonly type?: "text" | "number" | "search" | "password" | undefined;
  /** In the form that is sent. */
  readonly name?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Whether the form is sent only when something stands in it. */
  readonly required?: boolean | undefined;
}

export function TextField({ label, signal, class: className, type = "text", ...rest }: TextProps) {
  const id = useId();
  return (
    <FieldBox id={id} label={label} class={className}>
      <input
        id={id}
        // One of them for the compiler, which has attributes of their own for each.
        type={type as "text"}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        {...rest}
        value={signal.value}
        onInput={(event) => {
          signal.value = event.currentTarget.value;
        }}
      />
    </FieldBox>
  );
}

interface AreaProps extends FieldProps<string> {
  readonly placeholder?: string | undefined;
  /** What is wrong with the value; `undefined` if nothing is. */
  readonly problem?: string | undefined;
}

/** A field of several lines, for JSON and the like. It grows with what is in it. */
export function TextArea({ label, signal, placeholder = "", problem, class: className = "" }: AreaProps) {
  const id = useId();
  const { value } = signal;
  return (
    <FieldBox id={id} label={label} class={`wide ${className}`}>
      <textarea
        id={id}
        rows={Math.min(16, Math.max(2, value.split("\n").length))}
        value={value}
        spellcheck={false}
        placeholder={placeholder}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onInput={(event) => {
          signal.value = event.currentTarget.value;
        }}
      />
      <p id={`${id}-problem`} class="problem">
        {problem}
      </p>
    </FieldBox>
  );
}

export function CheckField({ label, signal }: FieldProps<boolean>) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={signal.value}
        onChange={(event) => {
          signal.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}
