import type { ComponentChildren } from "preact";
import { lostSince } from "../data/connection.ts";

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
  /** Whether it makes the broker do something. */
  readonly sends?: boolean | undefined;
}

export function Button(props: ButtonProps) {
  const { onClick, children, label, pressed, class: className = "", sends, ...rest } = props;
  return (
    <button
      type="button"
      class={className}
      {...(sends === true ? whileLost() : {})}
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
    <button type="submit" {...whileLost()} {...rest} aria-label={label}>
      {children}
    </button>
  );
}

/** It stays where it is, and can still be pressed: then it says why nothing is sent. */
function whileLost(): { readonly "aria-disabled"?: true; readonly title?: string } {
  return lostSince.value === undefined ? {} : { "aria-disabled": true, title: "No connection to the broker" };
}
