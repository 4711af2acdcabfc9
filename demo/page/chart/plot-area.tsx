import { effect, signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { clock } from "../data/clock.ts";
import { recordedSince } from "../data/recorded.ts";
import { temperatureLimit } from "../data/settings.ts";
import { type Theme, theme } from "../data/theme.ts";
import { clockTime, inWords } from "./clock-time.ts";
import { pointByKey, pointed, shownReading } from "./crosshair.ts";
import { inkOf } from "./ink.ts";
import { Painter } from "./painter.ts";
import { type Picture, pictureOf, type Reading, readingAt } from "./picture.ts";
import { Plot } from "./plot.ts";
import { followPointer } from "./pointer.ts";
import { history, minutes, recorded, rightAxis, UNITS } from "./record.ts";
import { LONGEST_STEP } from "./spans.ts";
import { summaryOf } from "./summary.ts";

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

/** The summary is for reading at leisure: it need not be newer than this. */
const SUMMARY_EVERY = 1000;

const summary = signal("");

/** The lines, with a crosshair for mouse, fingers and arrow keys. */
export function PlotArea() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current === null ? undefined : paint(host.current)), []);
  const spoken = useSignal({ seconds: 0, text: "No measurement is chosen." });
  return (
    <div class="chart-area">
      <p id="chart-summary" class="visually-hidden">
        {summary}
      </p>
      <div
        ref={host}
        class="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label="Measurement, chosen with the arrow keys"
        aria-describedby="chart-summary"
        aria-valuemin={0}
        aria-valuemax={minutes.value * 60}
        aria-valuenow={spoken.value.seconds}
        aria-valuetext={spoken.value.text}
        onKeyDown={(event) => {
          const picture = pictureNow();
          if (event.key === "Escape" && pointed.value !== undefined) {
            pointed.value = undefined;
          } else if (!pointByKey(event.key, picture.from, picture.to)) {
            return;
          }
          event.preventDefault();
          const { value } = pointed;
          spoken.value =
            value === undefined || "left" in value
              ? { seconds: 0, text: "No measurement is chosen." }
              : {
                  seconds: Math.round((value.time - picture.from) / 1000),
                  text: wordsOf(readingAt(picture, value.time)),
                };
        }}
        onBlur={() => {
          pointed.value = undefined;
        }}
      />
      <Tip />
    </div>
  );
}

/** Beside the crosshair. Its words are the slider's text as well. */
function Tip() {
  if (shownReading.value === undefined) {
    return null;
  }
  const { reading, left, width } = shownReading.value;
  const { at, values } = reading;
  const side = left > width / 2 ? { right: `${width - left + 12}px` } : { left: `${left + 12}px` };
  return (
    <div class="chart-tip" style={side} aria-hidden="true">
      <strong>{clockTime(at)}</strong>
      {values === undefined ? (
        <span>no measurement</span>
      ) : (
        <dl>
          <Value name="Temperature" value={values.temperature.toFixed(1)} unit={UNITS.temperature} />
          <Value name="Speed" value={String(values.speed)} unit={UNITS.speed} />
          <Value name="Force" value={values.force.toFixed(0)} unit={UNITS.force} />
        </dl>
      )}
      {values !== undefined && values.delay > LONGEST_STEP && <span>came {inWords(values.delay)} later</span>}
    </div>
  );
}

function Value({
  name,
  value,
  unit,
}: {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} <span class="unit">{unit}</span>
      </dd>
    </div>
  );
}

function wordsOf({ at, values }: Reading): string {
  if (values === undefined) {
    return `${clockTime(at)}: no measurement`;
  }
  const { temperature, speed, force, delay } = values;
  const late = delay > LONGEST_STEP ? `, came ${inWords(delay)} later` : "";
  return `${clockTime(at)}: ${temperature.toFixed(1)} ${UNITS.temperature}, ${speed} ${UNITS.speed}, ${force.toFixed(0)} ${UNITS.force}${late}`;
}

function pictureNow(): Picture {
  return pictureOf(
    history,
    clock.now(),
    minutes.value * 60_000,
    rightAxis.value,
    temperatureLimit.value,
    recordedSince.value,
  );
}

/** @returns what ends it */
function paint(host: HTMLElement): () => void {
  const plot = new Plot(host, sizeOf(host), pictureNow(), inkOf(host));
  let summarizedAt = 0;
  let inkIsFor: Theme | undefined;
  const painter = new Painter(() => {
    const picture = pictureNow();
    // Here, and not when it changes: by now the style sheet has changed too.
    if (inkIsFor !== theme.value) {
      inkIsFor = theme.value;
      plot.ink = inkOf(host);
    }
    const length = picture.to - picture.from;
    const reading = readingOf(picture, plot);
    plot.draw(picture, reading?.at);
    shownReading.value = reading && {
      reading,
      left: plot.leftOf(reading.at) + plot.area.offsetLeft,
      width: host.clientWidth,
    };
    if (picture.to - summarizedAt > SUMMARY_EVERY) {
      summarizedAt = picture.to;
      summary.value = summaryOf(picture);
    }
    const onePixel = length / plot.area.clientWidth;
    return reducedMotion.matches ? 1000 : Math.min(1000, Math.max(50, onePixel));
  });

  const request = () => painter.request();
  const stopFollowing = effect(() => {
    theme.value;
    recorded.value;
    recordedSince.value;
    minutes.value;
    rightAxis.value;
    temperatureLimit.value;
    pointed.value;
    request();
  });
  const stopPointer = followPointer(plot.area, (left) => plot.timeAt(left));
  const resizing = new ResizeObserver(() => {
    plot.resize(sizeOf(host));
    request();
  });
  resizing.observe(host);
  return () => {
    stopFollowing();
    stopPointer();
    resizing.disconnect();
    painter.stop();
    plot.destroy();
  };
}

function readingOf(picture: Picture, plot: Plot): Reading | undefined {
  const { value } = pointed;
  if (value === undefined) {
    return undefined;
  }
  if ("time" in value) {
    return value.time < picture.from ? undefined : readingAt(picture, value.time);
  }
  const share = value.left / plot.area.clientWidth;
  return readingAt(picture, picture.from + share * (picture.to - picture.from));
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: Math.max(200, clientWidth), height: Math.max(120, clientHeight) };
}
