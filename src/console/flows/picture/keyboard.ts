import { nameOf, servicesByUuid } from "../../data/broker-state.ts";
import { chooseEvent, chooseFunction, chosenEvent, cursor, guidance, stopConnecting } from "./connecting.ts";
import { type Picture, rowOf, type ServiceBox } from "./layout.ts";
import { loadPorts, type PortKind, type PortRef, portsOf } from "./ports.ts";
import type { Viewport } from "./viewport.ts";

/** Pixels, for an arrow key. */
const STEP = 60;
const ZOOM = 1.3;
/** So large is the picture at least where the keyboard is. */
const READABLE = 0.8;

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What the keys do in the picture. @returns whether the key was one of them. */
export function pressKey(key: string, picture: Picture, viewport: Viewport): boolean {
  if (key === "+" || key === "=") {
    viewport.zoomBy(ZOOM);
  } else if (key === "-" || key === "_") {
    viewport.zoomBy(1 / ZOOM);
  } else if (key === "0") {
    viewport.fit();
  } else if (key === "Escape") {
    return goBack(picture, viewport);
  } else if (key === "Enter" || key === " ") {
    choose(picture, viewport);
  } else {
    return moveBy(key, picture, viewport);
  }
  return true;
}

function moveBy(key: string, picture: Picture, viewport: Viewport): boolean {
  const direction = DIRECTIONS[key];
  if (direction === undefined) {
    return false;
  }
  const [x, y] = direction;
  if (cursor.peek() === undefined) {
    viewport.panBy(x * STEP, y * STEP);
  } else if (y !== 0) {
    void moveCursor(picture, viewport, y > 0 ? -1 : 1, false);
  } else {
    void moveCursor(picture, viewport, x > 0 ? -1 : 1, true);
  }
  return true;
}

/** Enter: begins with the events, then goes on to the functions, then opens the form. */
function choose(picture: Picture, viewport: Viewport): void {
  const at = cursor.peek();
  if (at === undefined) {
    void enter("event", picture, viewport);
  } else if (at.kind === "event") {
    chooseEvent(at, inWords(at));
    void enter("function", picture, viewport);
  } else {
    chooseFunction(at);
  }
}

function goBack(picture: Picture, viewport: Viewport): boolean {
  const from = chosenEvent.peek();
  if (cursor.peek() === undefined && from === undefined) {
    return false;
  }
  const wasAtFunctions = cursor.peek()?.kind === "function";
  stopConnecting();
  if (wasAtFunctions && from !== undefined) {
    moveTo(from, picture, viewport);
  }
  return true;
}

async function enter(kind: PortKind, picture: Picture, viewport: Viewport): Promise<void> {
  const boxes = orderedBoxes(picture, kind);
  const { x, y, width, height } = viewport.drawn.peek();
  const middle = { x: x + width / 2, y: y + height / 2 };
  // The nearest to what is seen; for a function another service than that of the event, if there is one.
  const from = chosenEvent.peek()?.uuid;
  const [nearest] = boxes.toSorted(
    (a, b) =>
      Number(a.uuid === from) - Number(b.uuid === from) ||
      Math.hypot(a.x - middle.x, a.y - middle.y) - Math.hypot(b.x - middle.x, b.y - middle.y),
  );
  if (nearest === undefined) {
    guidance.value = `No service here has ${kind === "event" ? "an event" : "a function"}.`;
    return;
  }
  await enterBox(nearest, kind, 0, picture, viewport);
}

async function moveCursor(
  picture: Picture,
  viewport: Viewport,
  step: number,
  isByBox: boolean,
): Promise<void> {
  const at = cursor.peek();
  const boxes = at === undefined ? [] : orderedBoxes(picture, at.kind);
  const place = boxes.findIndex(({ uuid }) => uuid === at?.uuid);
  const box = boxes[place];
  if (at === undefined || box === undefined) {
    return;
  }
  const ports = portsOf(box, at.kind);
  const next = ports[ports.indexOf(at.id) + step];
  if (!isByBox && next !== undefined) {
    moveTo({ ...at, id: next }, picture, viewport);
    return;
  }
  const other = boxes[place + step];
  if (other !== undefined) {
    await enterBox(other, at.kind, step < 0 && !isByBox ? -1 : 0, picture, viewport);
  }
}

/** @param index which of its ports; -1 is the last. */
async function enterBox(
  box: ServiceBox,
  kind: PortKind,
  index: number,
  picture: Picture,
  viewport: Viewport,
): Promise<void> {
  await loadPorts([box.uuid]);
  const id = portsOf(box, kind).at(index);
  if (id !== undefined) {
    moveTo({ uuid: box.uuid, kind, id }, picture, viewport);
  }
}

function moveTo(port: PortRef, picture: Picture, viewport: Viewport): void {
  const box = picture.boxes.find(({ uuid }) => uuid === port.uuid);
  if (box !== undefined) {
    const y = rowOf(box, port.kind, portsOf(box, port.kind).indexOf(port.id)) - box.rowHeight;
    viewport.show({ x: box.x, y, width: box.width, height: 2 * box.rowHeight }, READABLE);
  }
  cursor.value = port;
  guidance.value =
    port.kind === "event"
      ? `${inWords(port)}: Enter begins a flow here. Arrow keys go on.`
      : `To ${inWords(port)}: Enter makes the flow. Arrow keys go on, Escape goes back.`;
}

function inWords({ uuid, id }: PortRef): string {
  return `${nameOf(uuid)} · ${id}`;
}

/** From left to right, and from top to bottom: as they are read. */
function orderedBoxes(picture: Picture, kind: PortKind): ServiceBox[] {
  const hasPorts = (box: ServiceBox) => (kind === "event" ? box.eventRows : box.functionRows) > 0;
  return picture.boxes
    .filter((box) => hasPorts(box) && (servicesByUuid.peek().has(box.uuid) || portsOf(box, kind).length > 0))
    .toSorted((a, b) => a.x - b.x || a.y - b.y);
}
