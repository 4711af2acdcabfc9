import { Graph, layout } from "@dagrejs/dagre";
import type { FlowEnds, FlowItem } from "../data/types.ts";
import { sourcesOf } from "./describe-flow.ts";

const WIDTH = 210;
const HEAD = 34;
const PORT = 24;
const BEND = 60;
/** Between a box and an arrow that leads back below it: half of what is between two boxes. */
const GAP = 12;

/** An event or a function of a service in the picture. */
export interface Port {
  readonly id: string;
  /** The middle of its row, from the top of the picture. */
  readonly y: number;
}

export interface ServiceBox {
  readonly uuid: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly functions: readonly Port[];
  readonly events: readonly Port[];
}

export interface Arrow {
  readonly key: string;
  readonly item: FlowItem;
  readonly flow: FlowEnds;
  readonly path: string;
}

export interface Picture {
  readonly boxes: readonly ServiceBox[];
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
}

interface Used {
  readonly functions: Set<string>;
  readonly events: Set<string>;
}

/** Places the services of flows in layers: functions stand at the left of a service, events at its right. */
export function layOut(items: readonly FlowItem[]): Picture {
  const used = collect(items);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 24, ranksep: 110, marginx: BEND, marginy: 30 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [uuid, { functions, events }] of used) {
    graph.setNode(uuid, { width: WIDTH, height: HEAD + PORT * (functions.size + events.size) + 6 });
  }
  for (const [from, to] of endsOf(items)) {
    if (from.uuid !== to.uuid) {
      graph.setEdge(from.uuid, to.uuid, {});
    }
  }
  layout(graph);

  const boxes = new Map(
    [...used].map(([uuid, ports]) => [uuid, toBox(uuid, ports, graph.node(uuid))] as const),
  );
  const arrows = items.flatMap((item) =>
    item.flows.flatMap((flow, index) =>
      sourcesOf(flow).flatMap(({ uuid, eventId }) => {
        const from = boxes.get(uuid);
        const to = boxes.get(flow.to.uuid);
        if (from === undefined || to === undefined) {
          return [];
        }
        const key = `${item.id} ${index} ${uuid} ${eventId}`;
        return { key, item, flow, path: pathOf(from, eventId, to, flow.to.functionId, [...boxes.values()]) };
      }),
    ),
  );
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  // Arrows that lead back run below the boxes.
  return { boxes: [...boxes.values()], arrows, width, height: height + 30 };
}

function collect(items: readonly FlowItem[]): Map<string, Used> {
  const used = new Map<string, Used>();
  const of = (uuid: string): Used => {
    const known = used.get(uuid) ?? { functions: new Set(), events: new Set() };
    used.set(uuid, known);
    return known;
  };
  for (const [from, to] of endsOf(items)) {
    of(from.uuid).events.add(from.eventId);
    of(to.uuid).functions.add(to.functionId);
  }
  return used;
}

function endsOf(items: readonly FlowItem[]) {
  return items.flatMap(({ flows }) =>
    flows.flatMap((flow) => sourcesOf(flow).map((from) => [from, flow.to] as const)),
  );
}

/** From the middle of a box, which is what dagre tells. */
function toBox(
  uuid: string,
  used: Used,
  place: { x?: number; y?: number; width: number; height: number },
): ServiceBox {
  const { width, height } = place;
  const x = (place.x ?? 0) - width / 2;
  const y = (place.y ?? 0) - height / 2;
  const port = (id: string, index: number): Port => ({ id, y: y + HEAD + PORT * (index + 0.5) });
  return {
    uuid,
    x,
    y,
    width,
    height,
    functions: [...used.functions].map(port),
    events: [...used.events].map((id, index) => port(id, used.functions.size + index)),
  };
}

function pathOf(
  from: ServiceBox,
  eventId: string,
  to: ServiceBox,
  functionId: string,
  boxes: readonly ServiceBox[],
): string {
  const x1 = from.x + from.width;
  const y1 = from.events.find(({ id }) => id === eventId)?.y ?? from.y;
  const x2 = to.x;
  const y2 = to.functions.find(({ id }) => id === functionId)?.y ?? to.y;
  if (x2 > x1) {
    const bend = Math.max(BEND, (x2 - x1) / 2);
    return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
  }
  const below = findGap(Math.max(y1, y2), x2, x1, boxes);
  return `M${x1},${y1} C${x1 + BEND},${y1} ${x1 + BEND},${below} ${x1},${below} L${x2},${below} C${x2 - BEND},${below} ${x2 - BEND},${y2} ${x2},${y2}`;
}

/** The first height at which a line from `left` to `right` touches no box. */
function findGap(start: number, left: number, right: number, boxes: readonly ServiceBox[]): number {
  const inTheWay = boxes
    .filter(({ x, width }) => x < right + BEND && x + width > left - BEND)
    .toSorted((a, b) => a.y - b.y);
  return inTheWay.reduce(
    (y, box) => (box.y - GAP < y && box.y + box.height + GAP > y ? box.y + box.height + GAP : y),
    start,
  );
}
