import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import type { Binding } from "./binding.ts";
import type { Choice } from "./fields.tsx";

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly Choice<T>[];
  readonly signal: Binding<T>;
  /** What the chosen tab shows. */
  readonly children: ComponentChildren;
}

/** Ways of showing the same. The arrow keys choose, as ARIA describes it. */
export function Tabs<T extends string>({ label, tabs, signal, children }: TabsProps<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const chosen = signal.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const index = tabs.findIndex(([each]) => each === chosen);
      const next = tabs.at((index + step) % tabs.length);
      if (next !== undefined) {
        signal.value = next[0];
        list.current?.querySelector<HTMLElement>(`[data-tab="${next[0]}"]`)?.focus();
      }
    }
  };
  return (
    <div class="tabs">
      <div ref={list} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(([each, text]) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${id}-${each}`}
            data-tab={each}
            aria-selected={each === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={each === chosen ? 0 : -1}
            onClick={() => {
              signal.value = each;
            }}
          >
            {text}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </div>
  );
}
