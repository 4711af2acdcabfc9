import type { RefObject } from "preact";
import { nameOf, servicesByUuid } from "../../data/broker-state.ts";
import { goTo } from "../../data/route.ts";
import { isolate } from "../../format/isolate.ts";
import { chooseEvent, chooseFunction, chosenEvent, cursor, guidance, isSamePort } from "./connecting.ts";
import { startDrag } from "./drag.ts";
import { HEAD, rowOf, type ServiceBox } from "./layout.ts";
import { hiddenPorts, type PortKind, portsOf } from "./ports.ts";
import { cutEnd, type Measure, measureFor } from "./text-width.ts";
import type { Viewport } from "./viewport.ts";

interface BoxProps {
  readonly box: ServiceBox;
  readonly viewport: Viewport;
  readonly graph: RefObject<HTMLDivElement | null>;
  /** How large the picture is: words have so much less room. */
  readonly scale: number;
  readonly measures: Measures;
}

/** How wide the words of a box are. */
export interface Measures {
  readonly name: Measure;
  readonly port: Measure;
}

/** The fonts as flows.css has them. */
export function measuresOfBoxes(): Measures {
  return { name: measureFor(0.9286, 600), port: measureFor(0.8572, 400, "--mono") };
}

export function Box({ box, viewport, graph, scale, measures }: BoxProps) {
  const { uuid, x, y, width, height } = box;
  const isConnected = servicesByUuid.value.get(uuid)?.connected === true;
  const hidden = hiddenPorts(box);
  return (
    <g class={`box ${isConnected ? "connected" : ""}`} data-uuid={uuid}>
      <rect class="frame" x={x} y={y} width={width} height={height} rx={8} />
      {/* biome-ignore lint/a11y: the list of services is what a keyboard uses. */}
      <g class="box-name" onClick={() => goTo({ view: "service", uuid })}>
        <title>{`${nameOf(uuid)} (${uuid}), ${isConnected ? "connected" : "not connected"}`}</title>
        <rect class="port-hit" x={x} y={y} width={width} height={HEAD} />
        <circle class="state" cx={x + 16} cy={y + 18} r={4} />
        <text x={x + 28} y={y + 22}>
          {isolate(cutEnd(nameOf(uuid), (width - (hidden > 0 ? 76 : 36)) * scale, measures.name))}
        </text>
        {hidden > 0 && (
          <text class="hidden-ports" x={x + width - 12} y={y + 22} text-anchor="end">
            + {hidden}
          </text>
        )}
      </g>
      {(["function", "event"] as const).map((kind) =>
        portsOf(box, kind).map((id, index) => (
          <PortMark
            key={`${kind} ${id}`}
            box={box}
            kind={kind}
            id={id}
            y={rowOf(box, kind, index)}
            viewport={viewport}
            graph={graph}
            scale={scale}
            measures={measures}
          />
        )),
      )}
    </g>
  );
}

interface PortProps extends BoxProps {
  readonly kind: PortKind;
  readonly id: string;
  readonly y: number;
}

function PortMark({ box, kind, id, y, viewport, graph, scale, measures }: PortProps) {
  const { uuid, x, width, rowHeight } = box;
  const port = { uuid, kind, id };
  const words = `${nameOf(uuid)} · ${id}`;
  const isCursor = isSamePort(cursor.value, port);
  const isChosen = isSamePort(chosenEvent.value, port);
  const isEvent = kind === "event";
  const click = () => {
    if (isEvent) {
      chooseEvent(port, words);
    } else if (chosenEvent.peek() !== undefined) {
      chooseFunction(port);
    } else {
      guidance.value = "A flow begins at an event: drag from one (right side of a service) to here.";
    }
  };
  return (
    // biome-ignore lint/a11y: the keys are those of the picture around it.
    <g
      class={`port ${kind} ${isChosen ? "chosen" : ""} ${isCursor ? "cursor" : ""}`}
      id={isCursor ? "cursor-port" : undefined}
      role="button"
      // Attributes of SVG keep their case, and this one has none.
      tabindex={-1}
      aria-label={isEvent ? `Event ${words}: begin a flow` : `Function ${words}: end the flow here`}
      data-port={id}
      onClick={(event) => {
        event.stopPropagation();
        click();
      }}
      onPointerDown={(event) => {
        if (isEvent && graph.current !== null) {
          startDrag(event, port, viewport, graph.current);
        }
      }}
    >
      <title>{isEvent ? `Event ${id}: drag it to a function` : `Function ${id}`}</title>
      <rect class="port-hit" x={x} y={y - rowHeight / 2} width={width} height={rowHeight} rx={4} />
      <circle cx={isEvent ? x + width : x} cy={y} r={isEvent ? 5 : 4} />
      <text x={isEvent ? x + width - 12 : x + 12} y={y + 4} text-anchor={isEvent ? "end" : "start"}>
        {isolate(cutEnd(id, (width - 20) * scale, measures.port))}
      </text>
    </g>
  );
}
