import { signal } from "@preact/signals";
import type { TargetedEvent } from "preact";
import { setTemperatureLimit, temperatureLimit } from "../data/settings.ts";

/** What was typed; `undefined`: the field shows what is set. */
const typed = signal<string | undefined>(undefined);
const refusal = signal<string | undefined>(undefined);
const isDone = signal(false);
const isAsked = signal(false);

export function LimitField() {
  const { value: why } = refusal;
  return (
    <form class="limit" noValidate onSubmit={submit} onKeyDown={undoWithEscape}>
      <label for="limit">Temperature limit</label>
      <div class="field">
        <input
          id="limit"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={typed.value ?? String(temperatureLimit.value)}
          aria-invalid={why !== undefined}
          aria-describedby="limit-says"
          onInput={type}
        />
        <span class="unit">°C</span>
        <button type="submit" aria-disabled={isAsked.value}>
          Set limit
        </button>
      </div>
      <p
        id="limit-says"
        class="outcome"
        role="status"
        data-state={why === undefined ? (isDone.value ? "done" : "none") : "failed"}
      >
        {why ?? (isDone.value ? `Done: the alarm comes above ${temperatureLimit.value} °C.` : HINT)}
      </p>
    </form>
  );
}

const HINT = "Above it the press raises an alarm. It is the dashed line in the chart.";

function type({ currentTarget }: TargetedEvent<HTMLInputElement>): void {
  typed.value = currentTarget.value;
  refusal.value = undefined;
  isDone.value = false;
}

function undoWithEscape({ key }: KeyboardEvent): void {
  if (key === "Escape") {
    typed.value = undefined;
    refusal.value = undefined;
  }
}

async function submit(event: Event): Promise<void> {
  event.preventDefault();
  if (isAsked.value) {
    return;
  }
  isAsked.value = true;
  isDone.value = false;
  const { value: entered } = typed;
  const outcome = await setTemperatureLimit(entered ?? String(temperatureLimit.value));
  isAsked.value = false;
  isDone.value = outcome.isSet;
  refusal.value = outcome.isSet ? undefined : outcome.why;
  if (!outcome.isSet) {
    document.getElementById("limit")?.focus();
  } else if (typed.value === entered) {
    typed.value = undefined;
  }
}
