import type { FlowEnds, FlowItem } from "../../data/types.ts";
import { sourcesOf } from "../describe-flow.ts";
import { type Arrow, drawArrow } from "./arrow.ts";
import type { Link, Node, Point } from "./nodes.ts";
import { pack } from "./pack.ts";
import { placerFor } from "./place-nodes.ts";

export const BOX_WIDTH = 210;
export const HEAD = 34;
const FOOT = 6;
/** Rows for the functions of one service, and for its events, unless flows need more. */
const MAX_ROWS = 10;
const MARGIN = 60;
/** Between an arrow and the next one with the same ends. */
const PARALLEL = 18;
/** The room of an arrow's figures. */
const LABEL = { width: 90, height: 20 };

/** A service in the picture. Functions stand at the left of it, events at the right, below the functions. */
export interface ServiceBox {
  readonly uuid: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  /** Those that flows use come first: their places are known before the service is. */
  readonly usedFunctions: readonly string[];
  readonly usedEvents: readonly string[];
  readonly functionRows: number;
  readonly eventRows: number;
}

/** An arrow, and the flow that it stands for. */
export interface FlowArrow extends Arrow {
  readonly key: string;
  readonly item: FlowItem;
  readonly flow: FlowEnds;
  /** The position of the flow in its item. */
  readonly index: number;
  readonly eventId: string;
  /** Where its figures stand. */
  readonly label: Point;
}

export interface Picture {
  readonly boxes: readonly ServiceBox[];
  readonly arrows: readonly FlowArrow[];
  readonly width: number;
  readonly height: number;
}

/** A service that is shown, with what it says it has. */
export interface ShownService {
  readonly uuid: string;
  readonly events: number;
  readonly functions: number;
}

interface Used {
  readonly functions: Set<string>;
  readonly events: Set<string>;
}

export interface LayoutOptions {
  /** Of an event or a function. */
  readonly rowHeight: number;
  /** How much wider than high the picture should be. */
  readonly aspect: number;
}

/** Places services and the flows between them. */
export function layOut(
  items: readonly FlowItem[],
  services: readonly ShownService[],
  { rowHeight, aspect }: LayoutOptions,
): Picture {
  const used = collect(items, services);
  const declared = new Map(services.map((service) => [service.uuid, service]));
  const sizes = new Map(
    [...used].map(([uuid, ports]) => {
      const { events = 0, functions = 0 } = declared.get(uuid) ?? {};
      const functionRows = Math.max(ports.functions.size, Math.min(MAX_ROWS, functions));
      const eventRows = Math.max(ports.events.size, Math.min(MAX_ROWS, events));
      return [uuid, { functionRows, eventRows }] as const;
    }),
  );
  const nodes = [...sizes].map(([uuid, { functionRows, eventRows }]): Node => {
    return { id: uuid, width: BOX_WIDTH, height: HEAD + rowHeight * (functionRows + eventRows) + FOOT };
  });
  const links = linksOf(items);
  const { places, width, height } = pack(nodes, links, aspect, placerFor(links.length));
  const boxes = new Map(
    [...used].map(([uuid, ports]) => {
      const place = places.get(uuid) ?? { x: 0, y: 0 };
      const rows = sizes.get(uuid) ?? { functionRows: 0, eventRows: 0 };
      const box: ServiceBox = {
        uuid,
        x: place.x + MARGIN,
        y: place.y + MARGIN / 2,
        width: BOX_WIDTH,
        height: HEAD + rowHeight * (rows.functionRows + rows.eventRows) + FOOT,
        rowHeight,
        usedFunctions: [...ports.functions],
        usedEvents: [...ports.events],
        ...rows,
      };
      return [uuid, box] as const;
    }),
  );
  return {
    boxes: [...boxes.values()],
    arrows: drawArrows(items, boxes),
    width: width + 2 * MARGIN,
    height: height + MARGIN + 30,
  };
}

/** The middle of a row, from the top of the picture. */
export function rowOf(box: ServiceBox, kind: "function" | "event", index: number): number {
  const row = kind === "function" ? index : box.functionRows + index;
  return box.y + HEAD + box.rowHeight * (row + 0.5);
}

function drawArrows(items: readonly FlowItem[], boxes: ReadonlyMap<string, ServiceBox>): FlowArrow[] {
  const all = [...boxes.values()];
  const parallels = new Map<string, number>();
  const taken = new Set<string>();
  return items.flatMap((item) =>
    item.flows.flatMap((flow, index) =>
      sourcesOf(flow).flatMap(({ uuid, eventId }) => {
        const from = boxes.get(uuid);
        const to = boxes.get(flow.to.uuid);
        if (from === undefined || to === undefined) {
          return [];
        }
        const ends = JSON.stringify([uuid, eventId, flow.to.uuid, flow.to.functionId]);
        const before = parallels.get(ends) ?? 0;
        parallels.set(ends, before + 1);
        const start = { x: from.x + from.width, y: rowOf(from, "event", from.usedEvents.indexOf(eventId)) };
        const end = { x: to.x, y: rowOf(to, "function", to.usedFunctions.indexOf(flow.to.functionId)) };
        const arrow = drawArrow(start, end, before * PARALLEL, all);
        return {
          ...arrow,
          key: `${item.id} ${index} ${uuid} ${eventId}`,
          item,
          flow,
          index,
          eventId,
          label: findRoom(arrow.places, taken),
        };
      }),
    ),
  );
}

/** The first place at which no other figures stand. */
function findRoom(places: readonly Point[], taken: Set<string>): Point {
  const cells = places.map(({ x, y }) => {
    const [column, row] = [x / LABEL.width, y / LABEL.height].map(Math.round);
    return { point: { x, y }, cell: `${column} ${row}` };
  });
  const free = cells.find(({ cell }) => !taken.has(cell)) ?? cells[0];
  if (free !== undefined) {
    taken.add(free.cell);
  }
  return free?.point ?? { x: 0, y: 0 };
}

function collect(items: readonly FlowItem[], services: readonly ShownService[]): Map<string, Used> {
  const used = new Map<string, Used>();
  const of = (uuid: string): Used => {
    const known = used.get(uuid) ?? { functions: new Set(), events: new Set() };
    used.set(uuid, known);
    return known;
  };
  for (const { flows } of items) {
    for (const flow of flows) {
      for (const { uuid, eventId } of sourcesOf(flow)) {
        of(uuid).events.add(eventId);
      }
      of(flow.to.uuid).functions.add(flow.to.functionId);
    }
  }
  for (const { uuid } of services) {
    of(uuid);
  }
  return used;
}

/** Which services flows lead between: each pair once. */
function linksOf(items: readonly FlowItem[]): Link[] {
  const links = new Map<string, Link>();
  for (const { flows } of items) {
    for (const flow of flows) {
      for (const { uuid } of sourcesOf(flow)) {
        if (uuid !== flow.to.uuid) {
          links.set(JSON.stringify([uuid, flow.to.uuid]), { from: uuid, to: flow.to.uuid });
        }
      }
    }
  }
  return [...links.values()];
}
