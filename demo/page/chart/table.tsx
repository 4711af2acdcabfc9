import { useSignal } from "@preact/signals";
import { clockTime, inWords } from "./clock-time.ts";
import type { Samples } from "./history.ts";
import { history, UNITS } from "./record.ts";
import { LONGEST_STEP } from "./spans.ts";

const ROWS = 20;

interface Row {
  readonly at: number;
  readonly temperature: number;
  readonly speed: number;
  readonly force: number;
  readonly delay: number;
}

/** The last measurements, as they were when somebody asked: who reads a table does not want it to move. */
export function Table() {
  const rows = useSignal<readonly Row[]>([]);
  const take = () => {
    rows.value = rowsOf(history.last(ROWS));
  };
  return (
    <details class="folded chart-table" onToggle={({ currentTarget }) => currentTarget.open && take()}>
      <summary>The last measurements as a table</summary>
      <button type="button" onClick={take}>
        Show the newest
      </button>
      <div class="folded-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Measured at</th>
              <th scope="col">Temperature, {UNITS.temperature}</th>
              <th scope="col">Speed, {UNITS.speed}</th>
              <th scope="col">Force, {UNITS.force}</th>
              <th scope="col">Arrived</th>
            </tr>
          </thead>
          <tbody>
            {rows.value.map(({ at, temperature, speed, force, delay }) => (
              <tr key={at}>
                <th scope="row">{clockTime(at)}</th>
                <td>{temperature.toFixed(1)}</td>
                <td>{speed}</td>
                <td>{force.toFixed(0)}</td>
                <td>{delay > LONGEST_STEP ? `${inWords(delay)} later` : "at once"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Newest first. */
function rowsOf({ at, temperature, speed, force, delay }: Samples): readonly Row[] {
  return Array.from(at, (time, index) => ({
    at: time,
    temperature: temperature[index] as number,
    speed: speed[index] as number,
    force: force[index] as number,
    delay: delay[index] as number,
  })).reverse();
}
