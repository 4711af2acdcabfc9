import { Graph, layout } from "@dagrejs/dagre";
import { placeInLayers } from "./layers.ts";
import { LAYER_GAP, type Link, NODE_GAP, type Node, type Placement } from "./nodes.ts";

/** Links of a picture that dagre places within a tenth of a second; ten times as many take a minute. */
const MAX_LINKS = 60;

/** How nodes that hang together are placed in layers from left to right, in a picture with so many links. */
export function placerFor(links: number): (nodes: readonly Node[], links: readonly Link[]) => Placement {
  const place = links > MAX_LINKS ? placeInLayers : placeByDagre;
  return (nodes, some) => {
    const [only, ...others] = nodes;
    return only !== undefined && others.length === 0
      ? { places: new Map([[only.id, { x: 0, y: 0 }]]), width: only.width, height: only.height }
      : place(nodes, some);
  };
}

function placeByDagre(nodes: readonly Node[], links: readonly Link[]): Placement {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: NODE_GAP, ranksep: LAYER_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  // dagre keeps nodes in plain objects, in which `__proto__` is no name; and a service may be called that.
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const nameOf = (id: string) => names.get(id) ?? id;
  for (const { id, width, height } of nodes) {
    graph.setNode(nameOf(id), { width, height });
  }
  for (const { from, to } of links) {
    graph.setEdge(nameOf(from), nameOf(to), {});
  }
  layout(graph);
  const places = nodes.map(({ id, width, height }) => {
    const { x = 0, y = 0 }: { x?: number; y?: number } = graph.node(nameOf(id));
    return [id, { x: x - width / 2, y: y - height / 2 }] as const;
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { places: new Map(places), width, height };
}
