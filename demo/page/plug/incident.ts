import type { PlantState } from "../../plant-state.ts";

/** What keeps measurements from arriving. Of several at a time the first one here is told. */
const TROUBLES = ["broker away", "crashed", "unplugged", "half-open"] as const;

export type Trouble = (typeof TROUBLES)[number];

/** Something that went wrong, from its beginning until everything that had to wait has arrived. */
export interface Incident {
  /** The last one that was told, even when it is over. */
  readonly trouble: Trouble;
  /** Those there are now, and since when; `undefined` for what was there before this page. */
  readonly since: ReadonlyMap<Trouble, number | undefined>;
  /** As many measurements as waited at most. */
  readonly kept: number;
  readonly lostBefore: number;
  /** What the press had published when it was seen last before a crash: it is back when that goes on. */
  readonly publishedBefore: number;
  /** When the last trouble went. */
  readonly mendedAt?: number | undefined;
  /** When nothing waited any more. */
  readonly settledAt?: number | undefined;
}

/** One is just on its way, always. */
const ON_ITS_WAY = 1;

/** How long the good end is told, in milliseconds. */
const TOLD_FOR = 30_000;

/** @param isFirst whether it is not known how it was a moment ago */
export function nextIncident(
  before: Incident | undefined,
  state: PlantState,
  now: number,
  isFirst = false,
): Incident | undefined {
  const { waiting, lost, published } = state.delivery;
  const going = before?.settledAt === undefined ? before : undefined;
  const present = TROUBLES.filter((trouble) => isThere(trouble, state, going));
  const trouble = present[0];
  if (trouble !== undefined) {
    const known = going?.since;
    return {
      trouble,
      since: new Map(
        present.map((each) => [each, known?.has(each) ? known.get(each) : isFirst ? undefined : now]),
      ),
      kept: Math.max(waiting, going?.kept ?? 0),
      lostBefore: going?.lostBefore ?? lost,
      publishedBefore: state.isPressRunning ? (going?.publishedBefore ?? published) : published,
    };
  }
  if (going === undefined) {
    const { settledAt = 0 } = before ?? {};
    return now - settledAt < TOLD_FOR ? before : undefined;
  }
  return {
    ...going,
    since: new Map(),
    kept: Math.max(waiting, going.kept),
    mendedAt: going.mendedAt ?? now,
    settledAt: waiting <= ON_ITS_WAY ? now : undefined,
  };
}

function isThere(
  trouble: Trouble,
  { isBrokerRunning, isPressRunning, cable, delivery }: PlantState,
  going: Incident | undefined,
): boolean {
  switch (trouble) {
    case "broker away":
      return !isBrokerRunning;
    case "crashed":
      return (
        !isPressRunning ||
        // Its program runs again, and has not come as far as to measure.
        (going?.since.has("crashed") === true && delivery.published <= going.publishedBefore)
      );
    default:
      return cable === trouble;
  }
}

/** How many measurements the bar has room for: it becomes longer in steps, and does not while it drains. */
export function roomOf(waiting: number, incident: Incident | undefined): number {
  const most = Math.max(waiting, incident?.settledAt === undefined ? (incident?.kept ?? 0) : 0);
  let room = 60;
  while (most > room * 0.9) {
    room *= 2;
  }
  return room;
}
