import { nameOf } from "../../data/broker-state.ts";
import { chooseEvent, chooseFunction, chosenEvent, pointedAt, stopConnecting } from "./connecting.ts";
import type { PortRef } from "./ports.ts";
import type { Viewport } from "./viewport.ts";

/** Pixels: less is a click. */
const MIN_DISTANCE = 6;
/** Pixels from the edge in which the picture moves on, and how far at a time. */
const EDGE = 32;
const STEP = 12;

/** Draws a flow from an event to where the pointer, or the finger, is let go. */
export function startDrag(start: PointerEvent, event: PortRef, viewport: Viewport, graph: HTMLElement): void {
  if (start.button !== 0 || !start.isPrimary) {
    return;
  }
  start.preventDefault();
  let last = start;
  let isMoved = false;
  let frame = 0;
  const follow = () => {
    const { left, right, top, bottom } = graph.getBoundingClientRect();
    const x = pushOf(last.clientX, left, right);
    const y = pushOf(last.clientY, top, bottom);
    if (x !== 0 || y !== 0) {
      viewport.panBy(x, y);
      pointedAt.value = viewport.toPicture(last.clientX, last.clientY);
    }
    frame = requestAnimationFrame(follow);
  };
  const move = (moved: PointerEvent) => {
    if (moved.pointerId !== start.pointerId) {
      return;
    }
    last = moved;
    const distance = Math.hypot(moved.clientX - start.clientX, moved.clientY - start.clientY);
    if (!isMoved && distance > MIN_DISTANCE) {
      isMoved = true;
      chooseEvent(event, `${nameOf(event.uuid)} · ${event.id}`);
      frame = requestAnimationFrame(follow);
    }
    if (isMoved) {
      pointedAt.value = viewport.toPicture(moved.clientX, moved.clientY);
    }
  };
  const end = (ended: PointerEvent) => {
    if (ended.pointerId !== start.pointerId) {
      return;
    }
    stop();
    if (!isMoved || chosenEvent.peek() === undefined) {
      return;
    }
    const target = ended.type === "pointerup" ? findTarget(ended, event) : undefined;
    if (target === undefined) {
      stopConnecting("No flow was made: let go over a function, or over a service that has one.");
    } else {
      chooseFunction(target);
    }
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
}

/** What is below the pointer: a function, or a service, whose function the form asks for. */
function findTarget({ clientX, clientY }: PointerEvent, event: PortRef) {
  const below = document.elementFromPoint(clientX, clientY);
  const port = below?.closest<SVGElement>(".port.function");
  const uuid = below?.closest<SVGElement>(".box")?.dataset["uuid"];
  if (uuid === undefined || (port === null && uuid === event.uuid)) {
    return undefined;
  }
  return { uuid, id: port?.dataset["port"] };
}

function pushOf(place: number, start: number, end: number): number {
  if (place < start + EDGE) {
    return STEP;
  }
  return place > end - EDGE ? -STEP : 0;
}
