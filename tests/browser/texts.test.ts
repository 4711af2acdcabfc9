import { expect, test } from "vitest";
import { type ReceivedEvent, startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { bundle } from "../support/package/bundle.ts";
import { generateTexts } from "../support/texts.ts";

const COUNT = 1_000;
const texts = generateTexts(COUNT);
const browser = useBrowser();

test.each([
  { framing: "sockjs", batch: "" },
  { framing: "sockjs", batch: "true" },
  { framing: "raw", batch: "" },
])(
  "1,000 texts survive the way out of a page and into it ($framing, batch: $batch)",
  { timeout: 60_000 },
  async ({ framing, batch }) => {
    const page = new URL("pages/texts.ts", import.meta.url).pathname;
    await using site = await serveSite({
      "/page.html": `<!doctype html><title>Texts</title><script src="texts.js"></script>`,
      "/texts.js": (await bundle(page, { format: "iife" })).code,
      // Lone surrogates are escaped: it is all plain text.
      "/texts.json": JSON.stringify(texts),
    });
    await using broker = await startBroker();
    const said = collect("SAID");
    const heard = collect("HEARD");
    const query = new URLSearchParams({ framing, batch, msb: broker.url });
    const tab = await browser.open(`${site.url}/page.html?${query}`);

    expect(await tab.evaluate(async () => (await window.texts).publishAll())).toBe(COUNT);
    const published = await said;
    expect(published.map(({ dataObject }) => dataObject)).toEqual(texts);
    expect(published.map(({ correlationId }) => correlationId)).toEqual(texts);

    texts.forEach((text, index) => {
      broker.call("texts", "HEAR", text, { correlationId: String(index) });
    });
    const answers = new Map((await heard).map((event) => [Number(event.correlationId), event.dataObject]));
    expect(texts.map((_, index) => answers.get(index))).toEqual(texts);
    expect(await tab.evaluate(async () => (await window.texts).wrongCalls)).toEqual([]);

    /** The first 1,000 events with this id. */
    function collect(eventId: string): Promise<readonly ReceivedEvent[]> {
      const events: ReceivedEvent[] = [];
      return new Promise((resolve) => {
        broker.on("event", (event) => {
          if (event.eventId === eventId && events.push(event) === COUNT) {
            resolve(events);
          }
        });
      });
    }
  },
);
