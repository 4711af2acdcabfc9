import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { nameOf, servicesByUuid } from "../../data/broker-state.ts";
import { isolate } from "../../format/isolate.ts";
import { totalOf } from "../flow-counts.ts";
import { overlap } from "./arrow.ts";
import { BOX_WIDTH, type FlowArrow, type Picture, type ServiceBox } from "./layout.ts";
import { LAYER_GAP } from "./nodes.ts";
import { measureFor } from "./text-width.ts";
import type { Viewport } from "./viewport.ts";
import { LEAST_ROOM, wrapName } from "./wrap-name.ts";

/** As `--small` in base.css. */
const SMALL = 0.8572;

interface FarProps {
  readonly picture: Picture;
  readonly viewport: Viewport;
  readonly selectedId: number | undefined;
}

/** Pixels on the screen: so much more room, and names are cut anew; about a letter. */
const STEP = 7;
const TWO_LINES = 28;
/** In the picture: before a name, and between it and the next service. */
const PADDING = 6;
const MOST_ROOM = BOX_WIDTH + LAYER_GAP - 2 * PADDING;
/** More would be a carpet of letters. */
const MAX_NAMES = 250;
const MAX_CURVES = 500;

/** The picture from far: a few paths, however many services and flows there are. */
export function FarView({ picture, viewport, selectedId }: FarProps) {
  const drawn = viewport.drawn.value;
  const arrows = picture.arrows.filter(({ bounds }) => overlap(bounds, drawn));
  // Thousands of curves take longer to paint than a frame has.
  const pathOf = ({ path, line }: FlowArrow) => (arrows.length > MAX_CURVES ? line : path);
  const boxes = picture.boxes.filter((box) => overlap(box, drawn));
  const isConnected = ({ uuid }: ServiceBox) => servicesByUuid.value.get(uuid)?.connected === true;
  const hasErrors = ({ item }: FlowArrow) => totalOf(item.id).errors > 0;
  const kinds: readonly (readonly [string, (arrow: FlowArrow) => boolean])[] = [
    ["arrows stopped", ({ item }) => !item.deployed],
    ["arrows failing", (arrow) => arrow.item.deployed && hasErrors(arrow)],
    ["arrows mapped", (arrow) => arrow.item.deployed && !hasErrors(arrow) && arrow.flow.hasMapping],
    ["arrows", (arrow) => arrow.item.deployed && !hasErrors(arrow) && !arrow.flow.hasMapping],
  ];
  return (
    <>
      {kinds.map(([name, isOne]) => (
        <path key={name} class={name} d={arrows.filter(isOne).map(pathOf).join("")} />
      ))}
      <path
        class="arrows selected"
        d={arrows
          .filter(({ item }) => item.id === selectedId)
          .map(pathOf)
          .join("")}
      />
      <path class="boxes" d={outline(boxes.filter((box) => !isConnected(box)))} />
      <path class="boxes connected" d={outline(boxes.filter(isConnected))} />
      <Names boxes={boxes} viewport={viewport} />
    </>
  );
}

/**
 * The names are as large as all other words, however small the boxes are. Where there is no room for that, there is none.
 */
function Names({ boxes, viewport }: { readonly boxes: readonly ServiceBox[]; readonly viewport: Viewport }) {
  // In steps, so that they are not drawn anew with each turn of the wheel.
  const pixelsOf = (room: number) => Math.floor((room * viewport.transform.value.k) / STEP) * STEP;
  const inside = useComputed(() => pixelsOf(BOX_WIDTH - 2 * PADDING)).value;
  const most = useComputed(() => pixelsOf(MOST_ROOM)).value;
  const measure = useMemo(() => measureFor(SMALL), []);
  if (most < LEAST_ROOM || boxes.length > MAX_NAMES) {
    return null;
  }
  // In the picture: what two lines need.
  const high = (TWO_LINES * MOST_ROOM) / most;
  return (
    <>
      {boxes.map(({ uuid, x, y, height }) => {
        const lines = wrapName(nameOf(uuid), { inside, most, isLow: height < 0.7 * high }, measure);
        return (
          // In a box that is too low for two, both reach beyond it a little.
          <text key={uuid} class="far-name" y={lines.length > 1 ? y + Math.min(0, height - high) / 2 : y}>
            <title>{nameOf(uuid)}</title>
            {lines.map((line, index) => (
              <tspan key={index} x={x + PADDING} dy={index === 0 ? "1em" : "1.05em"}>
                {isolate(line)}
              </tspan>
            ))}
          </text>
        );
      })}
    </>
  );
}

function outline(boxes: readonly ServiceBox[]): string {
  return boxes
    .map(
      ({ x, y, width, height }) =>
        `M${Math.round(x)},${Math.round(y)}h${width}v${Math.round(height)}h${-width}z`,
    )
    .join("");
}
