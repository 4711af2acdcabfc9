import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type { Measurement } from "../../../demo/contracts/press.ts";
import type { PlantState } from "../../../demo/plant-state.ts";
import { serveSite } from "../browser/site.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Chart, plug and picture of the flows on a page whose measurements and plant a test makes up. */
export async function serveParts(): ReturnType<typeof serveSite> {
  const { outputFiles } = await build({
    entryPoints: {
      app: path("../../browser/pages/plant-parts.tsx"),
      style: path("../../../demo/page/style.css"),
    },
    outdir: path("."),
    bundle: true,
    write: false,
    format: "esm",
    target: ["chrome123"],
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
  });
  const text = (name: string) => outputFiles.find((file) => file.path.endsWith(name))?.text ?? "";
  return serveSite({
    "/": `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Parts of the plant</title>
  <link rel="stylesheet" href="style.css">
  <body><script type="module" src="app.js"></script></body>
</html>`,
    "/app.js": text("app.js"),
    "/style.css": text("style.css"),
  });
}

/** A measurement so many milliseconds ago, which has come at once or late. */
export interface MadeUp {
  readonly ago: number;
  readonly delay?: number;
  readonly temperature?: number;
  readonly speed?: number;
}

/** Gives the page measurements, as if they had come. @returns the page's time that they count from */
export function measure(page: Page, all: readonly MadeUp[]): Promise<number> {
  return page.evaluate((given) => {
    const { pressEvents } = globalThis as unknown as PartsOfPage;
    const present = Date.now();
    for (const { ago, delay = 0, temperature = 40, speed = 60 } of given) {
      const at = present - ago;
      const rest = { number: 1, force: 200, strokes: 1, at: new Date(at).toISOString() };
      pressEvents.emit("measured", {
        measurement: { temperature, speed, ...rest },
        at,
        arrivedAt: at + delay,
      });
    }
    return present;
  }, all);
}

/**
 * Gives the page one measurement after the other, as a press that runs: there is no gap at the end, however long a test takes.
 * @returns what ends it
 */
export async function keepMeasuring(page: Page): Promise<() => Promise<void>> {
  const timer = await page.evaluate(() => {
    const { pressEvents } = globalThis as unknown as PartsOfPage;
    const measureNow = () => {
      const at = Date.now();
      const rest = { number: 1, force: 200, strokes: 1, at: new Date(at).toISOString() };
      pressEvents.emit("measured", {
        measurement: { temperature: 40, speed: 60, ...rest },
        at,
        arrivedAt: at,
      });
    };
    return Number(setInterval(measureNow, 250));
  });
  return () => page.evaluate((given) => clearInterval(given), timer);
}

/** Tells the page how the plant is. */
export async function tell(page: Page, state: PlantState): Promise<void> {
  await page.evaluate((given) => {
    (globalThis as unknown as PartsOfPage).plant.value = given;
  }, state);
}

/** What `plant-parts.tsx` makes global. */
interface PartsOfPage {
  readonly pressEvents: {
    emit(
      type: "measured",
      event: { readonly measurement: Measurement; readonly at: number; readonly arrivedAt: number },
    ): void;
  };
  readonly plant: { value: PlantState | undefined };
}
