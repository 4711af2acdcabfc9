import type { PlantState } from "../../plant-state.ts";
import type { Incident, Trouble } from "./incident.ts";

const UNKNOWN = "The plant does not answer, so nothing is known at the moment.";
const WELL = "Each measurement of the press arrives at once. Pull the plug, and see what becomes of them.";

/** What happens now, in one sentence. */
export function sentenceOf(
  state: PlantState | undefined,
  incident: Incident | undefined,
  now: number,
): string {
  if (state === undefined) {
    return UNKNOWN;
  }
  if (incident === undefined) {
    return WELL;
  }
  const { trouble, since, kept, mendedAt, settledAt } = incident;
  const { waiting, lost } = state.delivery;
  if (mendedAt === undefined) {
    const started = since.get(trouble);
    return during(
      trouble,
      started === undefined ? "" : ` for ${seconds(now - started)}`,
      measurements(waiting),
    );
  }
  if (settledAt === undefined) {
    return kept > waiting
      ? `${OVER[trouble]}: ${kept - waiting} of ${measurements(kept)} delivered, ${waiting} to go.`
      : `${OVER[trouble]} ${seconds(now - mendedAt)} ago: the press connects again, ${measurements(waiting)} to go.`;
  }
  const newlyLost = lost - incident.lostBefore;
  const end = newlyLost === 0 ? "none lost" : `${newlyLost} LOST`;
  return kept <= 1
    ? `${OVER[trouble]}: hardly anything had to wait, ${end}.`
    : `${OVER[trouble]}: ${kept} delivered ${inTime(settledAt - mendedAt)}, ${end}.`;
}

/** The plant tells five times a second: what is shorter is not known better. */
function inTime(milliseconds: number): string {
  return milliseconds < 200 ? "at once" : `in ${(milliseconds / 1000).toFixed(1)} s`;
}

/** What is said aloud: only what has changed, and no figures that go on changing. */
export function announcementOf(state: PlantState | undefined, incident: Incident | undefined): string {
  if (state === undefined || incident === undefined) {
    return "";
  }
  if (incident.settledAt !== undefined) {
    return sentenceOf(state, incident, incident.settledAt);
  }
  return incident.mendedAt === undefined ? `${BEGUN[incident.trouble]}.` : `${OVER[incident.trouble]}.`;
}

const BEGUN: Readonly<Record<Trouble, string>> = {
  unplugged: "The press is unplugged",
  "half-open": "Nothing gets through the cable of the press",
  crashed: "The press has crashed",
  "broker away": "The bus is away",
};

const OVER: Readonly<Record<Trouble, string>> = {
  unplugged: "Plugged in again",
  "half-open": "The cable works again",
  crashed: "The press is back",
  "broker away": "The bus is back",
};

function during(trouble: Trouble, time: string, waiting: string): string {
  const wait = waiting.endsWith("s") ? "wait" : "waits";
  switch (trouble) {
    case "unplugged":
      return `Unplugged${time}: ${waiting} ${wait} in the press.`;
    case "half-open":
      return `Dead${time}, though it looks plugged in: ${waiting} ${wait} in the press.`;
    case "crashed":
      return `Crashed${time}, and starting again: ${waiting} ${wait} on its disk.`;
    case "broker away":
      return `The bus ${time === "" ? "is" : "has been"} away${time}: ${waiting} ${wait} in the press.`;
  }
}

function measurements(count: number): string {
  if (count === 0) {
    return "nothing";
  }
  return count === 1 ? "1 measurement" : `${count} measurements`;
}

function seconds(milliseconds: number): string {
  return `${Math.max(0, Math.floor(milliseconds / 1000))} s`;
}
