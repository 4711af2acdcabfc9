import { press } from "../data/machines.ts";
import { Legend } from "./legend.tsx";
import { PlotArea } from "./plot-area.tsx";
import { chooseMinutes, MINUTES, minutes } from "./record.ts";
import { Table } from "./table.tsx";

/** What the press measures, over the last minutes. */
export function Chart() {
  return (
    <section class="card chart" aria-labelledby="chart-title">
      <header class="chart-head">
        <h2 id="chart-title">{press.name} over time</h2>
        <MinutesChoice />
        <Legend />
      </header>
      <PlotArea />
      <Table />
    </section>
  );
}

function MinutesChoice() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and these take effect at once
    <div role="group" aria-label="Time shown" class="chart-choice">
      {MINUTES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={minutes.value === each}
          onClick={() => chooseMinutes(each)}
        >
          {each} min
        </button>
      ))}
    </div>
  );
}
