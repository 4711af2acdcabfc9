import type { FlowCount } from "../../plant-state.ts";
import { type PlaceId, placeOf } from "./places.ts";

export interface NewCalls {
  readonly from: PlaceId;
  readonly to: PlaceId;
  readonly count: number;
}

/**
 * What has been called between two states, by its ends. Nothing of what was before the first; a count that went back began anew.
 * @param before `undefined` if it is not known
 */
export function newCalls(
  before: readonly FlowCount[] | undefined,
  after: readonly FlowCount[],
  ownUuid: string | undefined,
): readonly NewCalls[] {
  if (before === undefined) {
    return [];
  }
  const known = new Map(before.map((flow) => [keyOf(flow), flow.calls]));
  const sums = new Map<string, NewCalls>();
  for (const flow of after) {
    const from = placeOf(flow.from.uuid, ownUuid);
    const to = placeOf(flow.to.uuid, ownUuid);
    const earlier = known.get(keyOf(flow)) ?? 0;
    const count = flow.calls < earlier ? flow.calls : flow.calls - earlier;
    if (count > 0) {
      const key = `${from} ${to}`;
      sums.set(key, { from, to, count: count + (sums.get(key)?.count ?? 0) });
    }
  }
  return [...sums.values()];
}

/** Of each place: calls that its events made, and calls that it got. */
export function totalsOf(
  flows: readonly FlowCount[],
  ownUuid: string | undefined,
): ReadonlyMap<PlaceId, { readonly out: number; readonly in: number }> {
  const totals = new Map<PlaceId, { out: number; in: number }>();
  const of = (uuid: string) => {
    const id = placeOf(uuid, ownUuid);
    const total = totals.get(id) ?? { out: 0, in: 0 };
    totals.set(id, total);
    return total;
  };
  for (const { from, to, calls } of flows) {
    of(from.uuid).out += calls;
    of(to.uuid).in += calls;
  }
  return totals;
}

function keyOf({ from, to }: FlowCount): string {
  return JSON.stringify([from.uuid, from.eventId, to.uuid, to.functionId]);
}
