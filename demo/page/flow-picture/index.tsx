import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { dashboard } from "../data/msb.ts";
import { plant } from "../data/plant.ts";
import { textScale } from "../text-scale.ts";
import { followCalls } from "./follow-calls.ts";
import { InWords } from "./in-words.tsx";
import { totalsOf } from "./new-calls.ts";
import {
  BOX_HEIGHT,
  BUS_HEIGHT,
  type Layout,
  lanesOf,
  layoutOf,
  otherPagesOf,
  type Place,
} from "./places.ts";
import { stateOf } from "./states.ts";

/** What the drawing needs, in its own pixels. */
const NARROWEST = 280;

/** Which event of whom calls what: everything goes over the bus, and each call is seen on its way. */
export function FlowPicture() {
  const host = useRef<HTMLDivElement>(null);
  const dots = useRef<SVGGElement | null>(null);
  const size = useSignal({ width: 0, height: 0, scale: 1 });
  const layout = useComputed(() => {
    const others = otherPagesOf(plant.value?.flows ?? [], dashboard.value?.client.uuid);
    return layoutOf(Math.max(NARROWEST, size.value.width), size.value.height, others);
  });
  useEffect(() => {
    const { current: element } = host;
    if (element === null) {
      return;
    }
    const measure = () => {
      // On a phone with large text there is no room for it: rather smaller words than a page that has to be pushed sideways.
      const scale = Math.min(textScale(), element.clientWidth / NARROWEST);
      size.value = { width: element.clientWidth / scale, height: element.clientHeight / scale, scale };
    };
    measure();
    const resizing = new ResizeObserver(measure);
    resizing.observe(element);
    return () => resizing.disconnect();
  }, []);
  useEffect(() => followCalls(dots, layout), []);
  return (
    <section class="card flow-picture" aria-labelledby="flow-picture-title">
      <h2 id="flow-picture-title">What flows where</h2>
      <div ref={host} class="flow-drawing">
        <svg
          role="img"
          aria-label="The machines above the bus, the pages below it"
          aria-describedby="flow-picture-words"
          data-narrow={layout.value.isNarrow}
          data-bus={plant.value?.isBrokerRunning === false ? "away" : "here"}
          viewBox={`0 0 ${layout.value.width} ${layout.value.height}`}
          width={layout.value.width * size.value.scale}
          height={layout.value.height * size.value.scale}
        >
          <Bus layout={layout.value} />
          {layout.value.places.map((place) => (
            <Lanes key={place.id} place={place} layout={layout.value} />
          ))}
          <g ref={dots} class="flow-dots" />
          {layout.value.places.map((place) => (
            <Box key={place.id} place={place} />
          ))}
        </svg>
      </div>
      <InWords />
    </section>
  );
}

function Bus({ layout: { bus } }: { readonly layout: Layout }) {
  const isAway = plant.value?.isBrokerRunning === false;
  return (
    <g class="flow-bus" data-away={isAway}>
      <rect class="flow-bar" x={bus.left} y={bus.y} width={bus.right - bus.left} height={BUS_HEIGHT} rx="6" />
      <text x={10} y={bus.y + 16}>
        {isAway ? "Bus: away" : "Bus"}
      </text>
    </g>
  );
}

function Box({ place: { id, name, x, top, width } }: { readonly place: Place }) {
  const { isAway, words } = stateOf(id);
  return (
    <g class="flow-place" data-place={id} data-away={isAway}>
      <rect class="flow-box" x={x - width / 2} y={top} width={width} height={BOX_HEIGHT} rx="8" />
      <text class="flow-name" x={x} y={top + 23}>
        {name}
      </text>
      <text x={x} y={top + 43}>
        {words}
      </text>
    </g>
  );
}

const full = new Intl.NumberFormat("en-GB");
/** Where neighbours are close to each other. */
const short = new Intl.NumberFormat("en-GB", { notation: "compact" });

/** Out on the left, in on the right, with the calls so far; the cable of the press is cut where it is. */
function Lanes({ place, layout }: { readonly place: Place; readonly layout: Layout }) {
  const { outX, inX, from, to } = lanesOf(place, layout);
  const isAbove = from < to;
  const middle = (from + to) / 2;
  const total = totalsOf(plant.value?.flows ?? [], dashboard.value?.client.uuid).get(place.id);
  const number = layout.isNarrow ? short : full;
  const cable = place.id === "press" ? (plant.value?.cable ?? "plugged") : "plugged";
  return (
    <g class="flow-lanes" data-cable={cable}>
      <path class="flow-lane" d={`M${outX} ${from}V${to}M${inX} ${from}V${to}`} />
      <text class="flow-out" x={outX - 8} y={middle} dy="0.35em">
        {isAbove ? "↓" : "↑"}
        {number.format(total?.out ?? 0)}
      </text>
      <text class="flow-in" x={inX + 8} y={middle} dy="0.35em">
        {isAbove ? "↑" : "↓"}
        {number.format(total?.in ?? 0)}
      </text>
      {cable !== "plugged" && (
        <g class="flow-cut" transform={`translate(${place.x} ${middle})`}>
          <rect class="flow-cut-ground" x="-13" y="-13" width="26" height="26" />
          <path class="flow-cross" d="M-8 -8L8 8M8 -8L-8 8" />
        </g>
      )}
    </g>
  );
}
