import { distanceTo, overlap } from "./arrow.ts";
import { chosenEvent, stopConnecting } from "./connecting.ts";
import type { Picture } from "./layout.ts";
import type { Viewport } from "./viewport.ts";

/** Pixels. */
const REACH = 8;
/** So large is a service that somebody has pointed at from far. */
const READABLE = 0.9;

/** A click beside everything that has a click of its own: on a line that is one of many, or from far. */
export function clickPicture(
  { clientX, clientY, target }: MouseEvent,
  picture: Picture,
  viewport: Viewport,
  isNear: boolean,
  onSelect: (id: number) => void,
): void {
  const point = viewport.toPicture(clientX, clientY);
  const reach = REACH / viewport.transform.peek().k;
  const around = { x: point.x - reach, y: point.y - reach, width: 2 * reach, height: 2 * reach };
  const box = picture.boxes.find((each) => overlap(each, { ...point, width: 0.1, height: 0.1 }));
  if (box !== undefined) {
    if (!isNear) {
      viewport.show(box, READABLE);
    }
    return;
  }
  const near = picture.arrows
    .filter(({ bounds }) =>
      overlap({ ...bounds, width: bounds.width + 1, height: bounds.height + 1 }, around),
    )
    .map((arrow) => ({ arrow, distance: distanceTo(arrow, point) }))
    .filter(({ distance }) => distance <= reach)
    .toSorted((a, b) => a.distance - b.distance);
  const [nearest] = near;
  if (nearest !== undefined) {
    onSelect(nearest.arrow.item.id);
  } else if (chosenEvent.peek() !== undefined && (target as Element).closest(".port") === null) {
    stopConnecting();
  }
}
