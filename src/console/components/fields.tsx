import { type ComponentChildren, h, type TargetedEvent } from "preact";
import { useId } from "preact/hooks";

type Changed<Target extends HTMLElement> = TargetedEvent<Target>;

interface FieldProps {
  readonly label: string;
  readonly class?: string | undefined;
}

type Choice = readonly [value: string, text: string];

interface SelectProps extends FieldProps {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean | undefined;
}

export function SelectField({ label, value, choices, onChange, disabled = false, ...rest }: SelectProps) {
  const id = useId();
  const options = choices.map(([each, text]) =>
    h("option", { key: each, value: each, selected: each === value }, text),
  );
  return h(
    "div",
    { class: `field ${rest.class ?? ""}` },
    h("label", { for: id }, label),
    h(
      "select",
      {
        id,
        value,
        disabled,
        onChange: (event: Changed<HTMLSelectElement>) => onChange(event.currentTarget.value),
      },
      options,
    ),
  );
}

interface TextProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: "text" | "number" | "search" | "password" | undefined;
  /** In the form that is sent. */
  readonly name?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export function TextField({ label, onInput, class: className, ...rest }: TextProps) {
  const id = useId();
  return h(
    "div",
    { class: `field ${className ?? ""}` },
    h("label", { for: id }, label),
    h("input", {
      id,
      type: "text",
      autocomplete: "off",
      spellcheck: false,
      ...rest,
      onInput: (event) => onInput(event.currentTarget.value),
    }),
  );
}

interface AreaProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly problem?: string | undefined;
}

/** A text of several lines, such as JSON. */
export function TextArea({ label, value, onInput, placeholder, problem, ...rest }: AreaProps) {
  const id = useId();
  const rows = Math.min(16, Math.max(2, value.split("\n").length));
  return h(
    "div",
    { class: `field wide ${rest.class ?? ""}` },
    h("label", { for: id }, label),
    h("textarea", {
      ...{ id, rows, value, spellcheck: false, placeholder: placeholder ?? "" },
      "aria-invalid": problem !== undefined,
      "aria-describedby": `${id}-problem`,
      onInput: (event: Changed<HTMLTextAreaElement>) => onInput(event.currentTarget.value),
    }),
    h("p", { id: `${id}-problem`, class: "problem" }, problem),
  );
}

interface CheckProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ label, checked, onChange }: CheckProps) {
  return h(
    "label",
    { class: "check" },
    h("input", { type: "checkbox", checked, onChange: (event) => onChange(event.currentTarget.checked) }),
    label,
  );
}

interface ButtonProps {
  readonly onClick: () => void;
  readonly class?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly label?: string | undefined;
  readonly title?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly children?: ComponentChildren;
}

export function Button({ onClick, children, label, pressed, class: className, ...rest }: ButtonProps) {
  return h(
    "button",
    {
      type: "button",
      class: className ?? "",
      ...rest,
      onClick,
      "aria-label": label,
      "aria-pressed": pressed,
    },
    children,
  );
}
