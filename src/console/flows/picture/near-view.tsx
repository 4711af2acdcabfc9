import { useComputed } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { overlap } from "./arrow.ts";
import { ArrowLine } from "./arrow-line.tsx";
import { Box, measuresOfBoxes } from "./box.tsx";
import { cursor } from "./connecting.ts";
import type { FlowArrow, Picture } from "./layout.ts";
import { loadPorts } from "./ports.ts";
import type { Viewport } from "./viewport.ts";

interface NearProps {
  readonly picture: Picture;
  readonly viewport: Viewport;
  readonly graph: RefObject<HTMLDivElement | null>;
  readonly selectedId: number | undefined;
  readonly onSelect: (id: number) => void;
}

/** Arrows with figures of their own; the others are one line, and are found by where they are. */
const MAX_ARROWS = 250;

/** What is seen of the picture, with every event and function. */
export function NearView({ picture, viewport, graph, selectedId, onSelect }: NearProps) {
  const drawn = viewport.drawn.value;
  const boxes = picture.boxes.filter((box) => overlap(box, drawn) || box.uuid === cursor.value?.uuid);
  const arrows = picture.arrows.filter(({ bounds }) => overlap(bounds, drawn));
  const uuids = boxes.map(({ uuid }) => uuid);
  useEffect(() => {
    void loadPorts(uuids);
  }, [uuids.join()]);
  // In steps, so that words are not cut anew with each turn of the wheel.
  const scale = useComputed(() => Math.min(1, Math.floor(viewport.transform.value.k * 20) / 20)).value;
  const measures = useMemo(measuresOfBoxes, []);
  const isSelected = ({ item }: FlowArrow) => item.id === selectedId;
  const single = arrows.slice(0, MAX_ARROWS).filter((arrow) => !isSelected(arrow));
  const rest = arrows.slice(MAX_ARROWS);
  // The one that is selected lies above the others.
  const all = [...single, ...arrows.filter(isSelected)];
  return (
    <>
      {rest.length > 0 && <path class="arrows" d={rest.map(({ path }) => path).join("")} />}
      {all.map((arrow) => (
        <ArrowLine key={arrow.key} arrow={arrow} isSelected={isSelected(arrow)} onSelect={onSelect} />
      ))}
      {boxes.map((box) => (
        <Box key={box.uuid} box={box} viewport={viewport} graph={graph} scale={scale} measures={measures} />
      ))}
    </>
  );
}
