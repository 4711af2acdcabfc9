import { signal } from "@preact/signals";
import type { TargetedEvent } from "preact";
import { press, pressSpeed } from "../data/machines.ts";
import { requestSpeed, speedRequest } from "../data/requests.ts";
import { Outcome } from "./outcome.tsx";

const MOST = 120;

/** What the slider was moved to; `undefined`: it follows the press. */
const wanted = signal<number | undefined>(undefined);

export function SpeedControl() {
  const actual = pressSpeed.value;
  const shown = wanted.value ?? actual;
  const isMoved = wanted.value !== undefined && wanted.value !== actual;
  const isAsked = speedRequest.value?.state === "asked";
  return (
    <form class="speed" onSubmit={submit} onKeyDown={undoWithEscape}>
      <label for="speed">Speed</label>
      <output for="speed" class={press.sign.value.level === "live" || isMoved ? "number" : "number stale"}>
        {shown ?? "–"}
      </output>
      <span class="unit">strokes/min</span>
      <input
        id="speed"
        type="range"
        min="0"
        max={MOST}
        step="5"
        value={shown ?? 0}
        disabled={actual === undefined}
        aria-valuetext={`${shown ?? 0} strokes per minute`}
        onPointerDown={touch}
        onInput={touch}
      />
      <div class="buttons">
        {/* Not disabled while it waits: the focus would be lost. */}
        <button type="submit" disabled={actual === undefined} aria-disabled={isAsked}>
          Set speed
        </button>
        {isMoved && !isAsked ? (
          <button type="button" class="quiet" onClick={undo}>
            Undo
          </button>
        ) : null}
        <span class="hint">{isMoved && !isAsked ? `not set yet; now ${actual ?? "unknown"}` : ""}</span>
      </div>
      <Outcome request={speedRequest.value} />
    </form>
  );
}

function touch({ currentTarget }: TargetedEvent<HTMLInputElement>): void {
  wanted.value = currentTarget.valueAsNumber;
}

function undo(): void {
  wanted.value = undefined;
  document.getElementById("speed")?.focus();
}

function undoWithEscape({ key }: KeyboardEvent): void {
  if (key === "Escape") {
    wanted.value = undefined;
  }
}

async function submit(event: Event): Promise<void> {
  event.preventDefault();
  const speed = wanted.value ?? pressSpeed.value;
  if (speed === undefined || speedRequest.value?.state === "asked") {
    return;
  }
  wanted.value = speed;
  await requestSpeed(speed);
  // Whatever came of it: from now on it shows what the press does, unless somebody has moved it on.
  if (wanted.value === speed) {
    wanted.value = undefined;
  }
}
