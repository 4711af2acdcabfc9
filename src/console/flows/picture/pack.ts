import { LAYER_GAP, type Link, type Node, type Placement, type Point } from "./nodes.ts";

/** Between a group and the one below it. */
const GAP = 60;
/** Widths that are tried. */
const MAX_TRIES = 12;

/**
 * Places each group of nodes that hang together for itself, and the groups beside and below one another, the largest first, so
 * that all of it is seen as large as possible in a frame that is so much wider than high.
 */
export function pack(
  nodes: readonly Node[],
  links: readonly Link[],
  aspect: number,
  place: (nodes: readonly Node[], links: readonly Link[]) => Placement,
): Placement {
  const groups = groupsOf(nodes, links).map((group) => place(group.nodes, group.links));
  groups.sort((a, b) => b.places.size - a.places.size || b.height - a.height);
  const area = groups.reduce((sum, { width, height }) => sum + (width + LAYER_GAP) * (height + GAP), 0);
  const least = Math.max(...groups.map(({ width }) => width), 0);
  const most = Math.max(least, 2 * Math.sqrt(area * aspect));
  const all = Array.from({ length: MAX_TRIES }, (_, index) =>
    inRows(groups, least + ((most - least) * index) / (MAX_TRIES - 1)),
  );
  const sizeOf = ({ width, height }: Placement) => Math.max(width / aspect, height);
  return all.reduce((best, each) => (sizeOf(each) < sizeOf(best) ? each : best));
}

/** Groups beside one another, as long as they are not wider than that, and the others below. */
function inRows(groups: readonly Placement[], wide: number): Placement {
  const places = new Map<string, Point>();
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const group of groups) {
    if (x > 0 && x + group.width > wide) {
      [x, y, rowHeight] = [0, y + rowHeight + GAP, 0];
    }
    for (const [id, point] of group.places) {
      places.set(id, { x: x + point.x, y: y + point.y });
    }
    width = Math.max(width, x + group.width);
    x += group.width + LAYER_GAP;
    rowHeight = Math.max(rowHeight, group.height);
  }
  return { places, width, height: y + rowHeight };
}

interface Group {
  readonly nodes: Node[];
  readonly links: Link[];
}

function groupsOf(nodes: readonly Node[], links: readonly Link[]): Group[] {
  const parents = new Map<string, string>(nodes.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    for (
      let parent = parents.get(root);
      parent !== undefined && parent !== root;
      parent = parents.get(root)
    ) {
      root = parent;
    }
    parents.set(id, root);
    return root;
  };
  for (const { from, to } of links) {
    parents.set(rootOf(from), rootOf(to));
  }
  const groups = new Map<string, Group>();
  const of = (id: string): Group => {
    const root = rootOf(id);
    const group = groups.get(root) ?? { nodes: [], links: [] };
    groups.set(root, group);
    return group;
  };
  for (const node of nodes) {
    of(node.id).nodes.push(node);
  }
  for (const link of links) {
    of(link.from).links.push(link);
  }
  return [...groups.values()];
}
