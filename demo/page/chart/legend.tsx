import { type RightAxis, rightAxis, UNITS } from "./record.ts";

const NAMES: Record<RightAxis, string> = { speed: "Speed", force: "Force" };

/** Each line's name and unit stand over its axis; the right axis has a choice of two. */
export function Legend() {
  return (
    <div class="chart-legend">
      <p class="chart-key">
        <Line kind="temperature" />
        Temperature <span class="unit">{UNITS.temperature}</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and these take effect at once */}
      <div role="group" aria-label="Right axis" class="chart-choice chart-right">
        {(["speed", "force"] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={rightAxis.value === each}
            onClick={() => {
              rightAxis.value = each;
            }}
          >
            {rightAxis.value === each && <Line kind="right" />}
            {NAMES[each]} <span class="unit">{UNITS[each]}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

/** As the plot draws it: colour and dashes. */
function Line({ kind }: { readonly kind: "temperature" | "right" }) {
  return (
    <svg class={`chart-line chart-line-${kind}`} viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="28" y2="4" />
    </svg>
  );
}
