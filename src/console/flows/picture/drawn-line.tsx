import { pathBetween } from "./arrow.ts";
import { chosenEvent, cursor, pointedAt } from "./connecting.ts";
import { type Picture, rowOf } from "./layout.ts";
import { portsOf } from "./ports.ts";

/** The flow that is being drawn: from its event to the pointer, or to the function that the keyboard is at. */
export function DrawnLine({ picture }: { readonly picture: Picture }) {
  const from = chosenEvent.value;
  const box = picture.boxes.find(({ uuid }) => uuid === from?.uuid);
  if (from === undefined || box === undefined) {
    return null;
  }
  const end = endOf(picture) ?? pointedAt.value;
  const start = { x: box.x + box.width, y: rowOf(box, "event", portsOf(box, "event").indexOf(from.id)) };
  return end === undefined ? null : (
    <path class="drawn-line" d={pathBetween(start, end)} marker-end="url(#arrow)" />
  );
}

function endOf(picture: Picture) {
  const at = cursor.value;
  const box = picture.boxes.find(({ uuid }) => uuid === at?.uuid);
  return at?.kind === "function" && box !== undefined
    ? { x: box.x, y: rowOf(box, "function", portsOf(box, "function").indexOf(at.id)) }
    : undefined;
}
