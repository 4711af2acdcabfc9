import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import type { FlowItem, ServiceSummary } from "../../data/types.ts";
import { chosenEvent, cursor, guidance, pointedAt } from "./connecting.ts";
import { DrawnLine } from "./drawn-line.tsx";
import { FarView } from "./far-view.tsx";
import { pressKey } from "./keyboard.ts";
import { layOut } from "./layout.ts";
import { NearView } from "./near-view.tsx";
import { clickPicture } from "./pointing.ts";
import { Viewport } from "./viewport.ts";

interface GraphProps {
  readonly items: readonly FlowItem[];
  /** Services that are shown even if no flow has them. */
  readonly services: readonly ServiceSummary[];
  readonly selectedId: number | undefined;
  readonly onSelect: (id: number) => void;
  /** What was seen when the page was left. */
  readonly place: string | undefined;
  readonly onPlace: (place: string | undefined) => void;
}

/** Below it, events and functions are too small to be read, and only services and arrows are drawn. */
const NEAR = 0.5;
const ZOOM = 1.3;
const ROW_HEIGHT = 24;
const LARGE_ROW_HEIGHT = 44;
/** How much wider than high the picture is, beside lists and on a phone. */
const WIDE_ASPECT = 2.5;
const NARROW_ASPECT = 0.9;

/** The flows as a picture. The list beside it has the same as words. */
export function FlowGraph({ items, services, selectedId, onSelect, place, onPlace }: GraphProps) {
  const graph = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const viewport = useMemo(() => new Viewport(onPlace), []);
  const shown = services.map(({ uuid, counts }) => ({ uuid, ...counts }));
  // The state is loaded anew now and then; the same flows and services need no other layout.
  const fingerprint = JSON.stringify([
    items.map(({ id, flows, deployed }) => [id, flows, deployed]),
    shown.map(({ uuid, events, functions }) => [uuid, events, functions]),
  ]);
  const picture = useMemo(() => {
    const rowHeight = matchMedia("(pointer: coarse)").matches ? LARGE_ROW_HEIGHT : ROW_HEIGHT;
    const aspect = matchMedia("(max-width: 50rem)").matches ? NARROW_ASPECT : WIDE_ASPECT;
    return layOut(items, shown, { rowHeight, aspect });
  }, [fingerprint]);
  const isRestored = useSignal(false);

  useLayoutEffect(() => (svg.current === null ? undefined : viewport.attach(svg.current)), []);
  useLayoutEffect(() => {
    if (!isRestored.peek() && place !== undefined) {
      isRestored.value = true;
      viewport.restore(place);
    }
    viewport.setPicture(picture.width, picture.height);
  }, [picture]);
  useEffect(() => {
    const id = cursor.value === undefined ? undefined : "cursor-port";
    const element = id === undefined ? graph.current : document.getElementById(id);
    if (id !== undefined || document.activeElement?.id === "cursor-port") {
      element?.focus({ preventScroll: true });
    }
  }, [cursor.value]);

  const isNear = useComputed(() => viewport.transform.value.k >= NEAR).value;
  const parts = { picture, viewport, selectedId };
  return (
    <div class="graph-frame">
      <div
        ref={graph}
        class={`graph ${chosenEvent.value === undefined ? "" : "connecting"}`}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and enlarged by keyboard.
        tabIndex={0}
        aria-label={`Picture of ${picture.arrows.length} arrows between ${picture.boxes.length} services`}
        aria-describedby="graph-keys"
        onKeyDown={(event) => {
          if (!event.ctrlKey && !event.metaKey && !event.altKey && pressKey(event.key, picture, viewport)) {
            event.preventDefault();
            event.stopPropagation();
          }
        }}
      >
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the element around it has a name. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list beside it, and the keys of the picture. */}
        <svg
          ref={svg}
          onClick={(event) => clickPicture(event, picture, viewport, isNear, onSelect)}
          onPointerMove={(event) => {
            if (chosenEvent.peek() !== undefined) {
              pointedAt.value = viewport.toPicture(event.clientX, event.clientY);
            }
          }}
        >
          <Marker />
          <Moved viewport={viewport}>
            {isNear ? <NearView {...parts} graph={graph} onSelect={onSelect} /> : <FarView {...parts} />}
            <DrawnLine picture={picture} />
          </Moved>
        </svg>
      </div>
      <div class="graph-tools">
        <Button label="Larger" title="Larger (+)" onClick={() => viewport.zoomBy(ZOOM)}>
          +
        </Button>
        <Button label="Smaller" title="Smaller (−)" onClick={() => viewport.zoomBy(1 / ZOOM)}>
          −
        </Button>
        <Button title="See all of it (0)" onClick={() => viewport.fit()}>
          Fit
        </Button>
        <Scale viewport={viewport} />
      </div>
      <p id="graph-keys" class="graph-keys">
        <span role="status">{guidance.value}</span>
        {guidance.value === "" && !isNear && (
          <span class="hint">
            Events and functions are seen when you come nearer: a click on a service, the wheel, or +. A flow
            is drawn from one to the other.
          </span>
        )}
        {guidance.value === "" && isNear && (
          <span class="hint">
            <b>New flow:</b> drag from an event (right) to a function (left). By keyboard: Enter, arrow keys,
            Enter. Move: drag or arrow keys; size: wheel or + −; 0 fits.
          </span>
        )}
      </p>
    </div>
  );
}

/** Moves with the viewport without drawing what is in it anew. */
function Moved({
  viewport,
  children,
}: {
  readonly viewport: Viewport;
  readonly children: preact.ComponentChildren;
}) {
  const transform = useComputed(() => {
    const { x, y, k } = viewport.transform.value;
    return `translate(${x} ${y}) scale(${k})`;
  });
  // Words do not become smaller than they can be read.
  const style = useComputed(() => `--scale:${Math.min(1, viewport.transform.value.k)}`);
  return (
    <g transform={transform} style={style}>
      {children}
    </g>
  );
}

function Scale({ viewport }: { readonly viewport: Viewport }) {
  const percent = useComputed(() => Math.round(viewport.transform.value.k * 100)).value;
  return <span class="graph-scale">{percent} %</span>;
}

function Marker() {
  return (
    <defs>
      <marker
        id="arrow"
        viewBox="0 0 8 8"
        refX={11.5}
        refY={4}
        markerUnits="userSpaceOnUse"
        markerWidth={10}
        markerHeight={10}
        orient="auto"
      >
        <path d="M0,0 L8,4 L0,8 z" />
      </marker>
    </defs>
  );
}
