// Who stands where: the machines above the bus, the dashboards below it.
import { CONVEYOR } from "../../contracts/conveyor.ts";
import { PRESS } from "../../contracts/press.ts";
import { CELL, ROBOT } from "../../contracts/robot.ts";
import type { FlowCount } from "../../plant-state.ts";

export type PlaceId = "press" | "conveyor" | "robot" | "page" | "others";

/** All measures are CSS pixels: the drawing is laid out for its width, and scaled only as all text is, so names stay readable. */
export interface Place {
  readonly id: PlaceId;
  readonly name: string;
  /** Its middle. */
  readonly x: number;
  readonly top: number;
  readonly width: number;
  /** Where its lanes leave it. */
  readonly edge: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly isNarrow: boolean;
  readonly bus: { readonly left: number; readonly right: number; readonly y: number };
  readonly places: readonly Place[];
}

export const BOX_HEIGHT = 56;
export const BUS_HEIGHT = 44;
/** The name of the bus stands above what moves in it. */
const WAY_IN_BUS = 29;
/** From the middle of a place to each of its two lanes: out on the left, in on the right. */
const LANE = 7;

const SHORTEST_LANE = 44;
const LONGEST_LANE = 110;

/** As high as it may be, within what looks well. */
export function layoutOf(width: number, room: number, otherPages: number): Layout {
  const isNarrow = width < 480;
  const free = (room - 2 * BOX_HEIGHT - BUS_HEIGHT - 2) / 2;
  const lanes = Math.min(LONGEST_LANE, Math.max(SHORTEST_LANE, free));
  const boxWidth = Math.min(200, (width - 24) / 3);
  const busY = 1 + BOX_HEIGHT + lanes;
  const lowerTop = busY + BUS_HEIGHT + lanes;
  const upper = (id: PlaceId, name: string, index: number): Place => ({
    id,
    name,
    x: boxWidth / 2 + 1 + (index * (width - boxWidth - 2)) / 2,
    top: 1,
    width: boxWidth,
    edge: 1 + BOX_HEIGHT,
  });
  const lower = (id: PlaceId, name: string, x: number): Place => ({
    id,
    name,
    x,
    top: lowerTop,
    width: Math.max(boxWidth, 124),
    edge: lowerTop,
  });
  const isAlone = otherPages === 0;
  return {
    width,
    height: lowerTop + BOX_HEIGHT + 1,
    isNarrow,
    bus: { left: 0, right: width, y: busY },
    places: [
      upper("press", PRESS.name, 0),
      upper("conveyor", CONVEYOR.name, 1),
      upper("robot", ROBOT.name, 2),
      lower("page", "This page", isAlone ? width / 2 : width * 0.27),
      ...(isAlone
        ? []
        : [lower("others", otherPages === 1 ? "1 other page" : `${otherPages} other pages`, width * 0.73)]),
    ],
  };
}

const MACHINES: ReadonlyMap<string, PlaceId> = new Map([
  [PRESS.uuid, "press"],
  [CONVEYOR.uuid, "conveyor"],
  [ROBOT.uuid, "robot"],
  [CELL.uuid, "robot"],
]);

/** @param ownUuid of this page */
export function placeOf(uuid: string, ownUuid: string | undefined): PlaceId {
  return MACHINES.get(uuid) ?? (uuid === ownUuid ? "page" : "others");
}

export function otherPagesOf(flows: readonly FlowCount[], ownUuid: string | undefined): number {
  const all = flows.flatMap(({ from, to }) => [from.uuid, to.uuid]);
  return new Set(all.filter((uuid) => placeOf(uuid, ownUuid) === "others")).size;
}

export type Point = readonly [x: number, y: number];

/** Out of a place, along the bus, and into another. `undefined` if one of them is not in the picture. */
export function wayOf({ places, bus }: Layout, from: PlaceId, to: PlaceId): readonly Point[] | undefined {
  const start = places.find(({ id }) => id === from);
  const end = places.find(({ id }) => id === to);
  if (start === undefined || end === undefined) {
    return undefined;
  }
  const y = bus.y + WAY_IN_BUS;
  return [
    [start.x - LANE, start.edge],
    [start.x - LANE, y],
    [end.x + LANE, y],
    [end.x + LANE, end.edge],
  ];
}

/** The two lanes of a place, and its side of the bus. */
export function lanesOf(
  { x, edge }: Place,
  { bus }: Layout,
): { outX: number; inX: number; from: number; to: number } {
  return { outX: x - LANE, inX: x + LANE, from: edge, to: edge < bus.y ? bus.y : bus.y + BUS_HEIGHT };
}
