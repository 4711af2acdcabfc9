import type { ComponentChildren } from "preact";

interface SubmitProps {
  readonly class?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** Read aloud, if the content does not say enough. */
  readonly label?: string | undefined;
  readonly children: ComponentChildren;
}

interface ButtonProps extends SubmitProps {
  readonly onClick: () => void;
  readonly title?: string | undefined;
  /** Of a button that is switched on and off. */
  readonly pressed?: boolean | undefined;
}

export function Button({ onClick, children, label, pressed, class: className = "", ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      class={className}
      {...rest}
      onClick={onClick}
      aria-label={label}
      aria-pressed={pressed}
    >
      {children}
    </button>
  );
}

/** Sends the form that it is in. */
export function SubmitButton({ label, children, ...rest }: SubmitProps) {
  return (
    <button type="submit" {...rest} aria-label={label}>
      {children}
    </button>
  );
}
