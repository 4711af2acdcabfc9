import { CONVEYOR } from "../../contracts/conveyor.ts";
import { PRESS } from "../../contracts/press.ts";
import { CELL, ROBOT } from "../../contracts/robot.ts";
import type { FlowCount } from "../../plant-state.ts";
import { dashboard } from "../data/msb.ts";
import { plant } from "../data/plant.ts";
import { type PlaceId, placeOf } from "./places.ts";
import { eventWords, functionWords } from "./words.ts";

/** The same as a table: for those who do not see the drawing, and for those who want to know it exactly. */
export function InWords() {
  const flows = (plant.value?.flows ?? []).toSorted((a, b) => distance(a) - distance(b));
  return (
    <>
      <p id="flow-picture-words" class="visually-hidden">
        {PRESS.name}, {CONVEYOR.name} and {ROBOT.name}, which is behind the {CELL.name}, send events over the
        bus. Each event calls a function of somebody else: of the next machine, or of a page. The table has
        them all.
      </p>
      <details class="folded flow-words">
        <summary>
          {flows.length} {flows.length === 1 ? "flow" : "flows"} as a table
        </summary>
        <div class="folded-scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">What happens</th>
                <th scope="col">To</th>
                <th scope="col">What is done</th>
                <th scope="col" class="flow-count">
                  Calls
                </th>
              </tr>
            </thead>
            <tbody>
              {flows.map((flow) => (
                <Row key={JSON.stringify([flow.from, flow.to])} flow={flow} />
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function Row({ flow }: { readonly flow: FlowCount }) {
  const { from, to, calls } = flow;
  return (
    <tr>
      <th scope="row">{nameOf(from.uuid)}</th>
      <td>
        <Named words={eventWords(flow)} id={from.eventId} />
      </td>
      <td>{nameOf(to.uuid)}</td>
      <td>
        <Named words={functionWords(flow)} id={to.functionId} />
      </td>
      <td class="flow-count">{calls}</td>
    </tr>
  );
}

/** Where there are no words, the id has to do. */
function Named({ words, id }: { readonly words: string | undefined; readonly id: string }) {
  return (
    <>
      {words} <code class="flow-id">{id}</code>
    </>
  );
}

const NAMES = {
  press: PRESS.name,
  conveyor: CONVEYOR.name,
  robot: ROBOT.name,
  page: "This page",
  others: "Another page",
};

function nameOf(uuid: string): string {
  return NAMES[placeHere(uuid)];
}

/** Between machines first, then those of this page: all other pages have the same again. */
function distance({ from, to }: FlowCount): number {
  const ends = [placeHere(from.uuid), placeHere(to.uuid)];
  return ends.includes("others") ? 2 : ends.includes("page") ? 1 : 0;
}

function placeHere(uuid: string): PlaceId {
  return placeOf(uuid, dashboard.value?.client.uuid);
}
