import type { ComponentProps } from "preact";
import { useRef } from "preact/hooks";
import { ask } from "./question.tsx";

interface FormProps extends Omit<ComponentProps<"form">, "onSubmit"> {
  readonly onSubmit: () => void;
  /** What Escape does: throws away what was typed. Whoever has typed something is asked before. */
  readonly onDiscard?: (() => void) | undefined;
  /** Whether something would be lost, if the form knows better than by whether anything was typed. */
  readonly isChanged?: (() => boolean) | undefined;
}

const DISCARD = {
  title: "Discard what you typed?",
  text: "What stands in this form is lost then.",
  yes: "Discard it",
  no: "Go on typing",
};

/** A form that the page handles itself: the browser does not send it. */
export function Form({ onSubmit, onDiscard, isChanged, children, ...rest }: FormProps) {
  const isTouched = useRef(false);
  const discard = async () => {
    if (!(isChanged?.() ?? isTouched.current) || (await ask(DISCARD))) {
      isTouched.current = false;
      onDiscard?.();
    }
  };
  return (
    <form
      {...(onDiscard === undefined
        ? {}
        : {
            onInput: () => {
              isTouched.current = true;
            },
            onKeyDown: (event: KeyboardEvent) => {
              // What closes a list of choices is not meant for the form.
              if (event.key === "Escape" && !event.defaultPrevented) {
                event.preventDefault();
                void discard();
              }
            },
          })}
      {...rest}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
