import type { ComponentChildren } from "preact";

interface ButtonProps {
  readonly onClick: () => void;
  readonly class?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** Read aloud, if the content does not say enough. */
  readonly label?: string | undefined;
  readonly title?: string | undefined;
  /** Of a button that is switched on and off. */
  readonly pressed?: boolean | undefined;
  readonly children?: ComponentChildren;
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
