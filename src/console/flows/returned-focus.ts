import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Takes the focus into a form: to the first field that is empty, or to the button that sends it; and gives it back at its end. */
export function useReturnedFocus(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    const inputs = [...(form.current?.querySelectorAll<HTMLInputElement>(".ends input") ?? [])];
    const next =
      inputs.find(({ value }) => value === "") ??
      form.current?.querySelector<HTMLButtonElement>('button[type="submit"]');
    next?.focus();
    return () => {
      const isThere = before instanceof HTMLElement && before.isConnected;
      const place =
        isThere || before instanceof SVGElement ? before : document.querySelector<HTMLElement>("#new-flow");
      place?.focus();
    };
  }, []);
}
