import { LAYER_GAP, type Link, NODE_GAP, type Node, type Placement, type Point } from "./nodes.ts";

/** How often the order within the layers is mended. */
const SWEEPS = 6;
/** Between the columns of a layer that is too high for one. */
const COLUMN_GAP = 40;

/** Places many nodes in layers, in time that grows with their number only; not as tidily as dagre does. */
export function placeInLayers(nodes: readonly Node[], links: readonly Link[]): Placement {
  const layers = order(nodes, links);
  const total = nodes.reduce((sum, { width, height }) => sum + (width + LAYER_GAP) * (height + NODE_GAP), 0);
  const highest = Math.max(Math.sqrt(total), ...nodes.map(({ height }) => height));
  const places = new Map<string, Point>();
  let x = 0;
  let bottom = 0;
  for (const layer of layers) {
    let y = 0;
    let widest = 0;
    for (const { id, width, height } of layer) {
      if (y > 0 && y + height > highest) {
        x += widest + COLUMN_GAP;
        [y, widest] = [0, 0];
      }
      places.set(id, { x, y });
      y += height + NODE_GAP;
      widest = Math.max(widest, width);
      bottom = Math.max(bottom, y - NODE_GAP);
    }
    x += widest + LAYER_GAP;
  }
  return { places, width: Math.max(0, x - LAYER_GAP), height: bottom };
}

/** The layers, each in an order in which neighbours are near. */
function order(nodes: readonly Node[], links: readonly Link[]): Node[][] {
  const ranks = rankOf(nodes, links);
  const layers: Node[][] = Array.from({ length: 1 + Math.max(...ranks.values()) }, () => []);
  for (const node of nodes) {
    layers[ranks.get(node.id) ?? 0]?.push(node);
  }
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of links) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const positions = new Map<string, number>();
  const remember = (layer: readonly Node[]) => {
    for (const [index, { id }] of layer.entries()) {
      positions.set(id, index / layer.length);
    }
  };
  layers.forEach(remember);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const middles = new Map(layer.map(({ id }) => [id, middleOf(id, neighbours, positions)]));
      layer.sort((a, b) => (middles.get(a.id) ?? 0) - (middles.get(b.id) ?? 0));
      remember(layer);
    }
  }
  return layers;
}

function middleOf(
  id: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
  positions: ReadonlyMap<string, number>,
): number {
  const near = neighbours.get(id) ?? [];
  const sum = near.reduce((total, each) => total + (positions.get(each) ?? 0), 0);
  return near.length === 0 ? (positions.get(id) ?? 0) : sum / near.length;
}

/** How many links lead to each node from where the events begin, at least: the longest way would make a picture of circles endless. */
function rankOf(nodes: readonly Node[], links: readonly Link[]): ReadonlyMap<string, number> {
  const targets = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  const incoming = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  for (const { from, to } of links) {
    targets.get(from)?.push(to);
    incoming.set(to, (incoming.get(to) ?? 0) + 1);
  }
  const countOf = (id: string) => incoming.get(id) ?? 0;
  const ranks = new Map<string, number>();
  const queue = nodes.map(({ id }) => id).filter((id) => countOf(id) === 0);
  for (const id of queue) {
    ranks.set(id, 0);
  }
  // Whoever is in a circle to which nothing leads begins it: the one with the fewest links to it.
  const rest = nodes.map(({ id }) => id).toSorted((a, b) => countOf(a) - countOf(b));
  for (const start of rest) {
    if (!ranks.has(start)) {
      ranks.set(start, 0);
      queue.push(start);
    }
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      for (const target of targets.get(id) ?? []) {
        if (!ranks.has(target)) {
          ranks.set(target, (ranks.get(id) ?? 0) + 1);
          queue.push(target);
        }
      }
    }
  }
  return ranks;
}
