import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, shows } from "../support/browser/console.ts";
import { register, traceDetails, traceRows } from "../support/browser/trace.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

async function temporaryFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "msb-trace-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

async function exportTrace(page: Page): Promise<string> {
  const file = await temporaryFile("trace.jsonl");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export" }).click(),
  ]);
  await download.saveAs(file);
  expect(download.suggestedFilename()).toMatch(/^msb-trace-[\d-]+T[\d-]+\.jsonl$/);
  return file;
}

const importTrace = (page: Page, file: string) => page.getByLabel("File of a trace").setInputFiles(file);
const notLive = (page: Page) => page.locator(".imported");

test("what is exported can be shown again, as it was, with a sign that it is not live, and a way back", async () => {
  const broker = await testBroker();
  const client = await register(broker, "u1");
  broker.addFlow({ from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u1", functionId: "F1" } });
  client.send(eventMessage("u1", { dataObject: "first" }), eventMessage("u1", { eventId: "no" }));
  const page = await openConsole(browser, broker);
  broker.publish("u1", "E2");
  const long = `${"x".repeat(6_000)}the end`;
  client.send(eventMessage("u1", { dataObject: long, eventId: "E1" }));
  await shows(traceRows(page), /└CService u1F1xxx/);
  const before = await traceRows(page).allTextContents();
  const file = await exportTrace(page);
  await shows(page.locator(".trace-bar"), /Saved \d+ lines as msb-trace-/);

  const other = await openConsole(browser, await testBroker());
  await importTrace(other, file);
  await shows(notLive(other), /Not live.*the file trace\.jsonl, .*\d.* to .*\d/);
  // That broker has never heard of the service.
  const asThere = before.map((text) => text.replaceAll("Service u1", "u1"));
  await expect.poll(() => traceRows(other).allTextContents()).toEqual(asThere);
  expect(asThere.join("\n")).toMatch(/E✗[<\d.]+msu1noNIO_EVENT_FORWARDING_ERROR: "u1" has not declared/);
  await traceRows(other).filter({ hasText: "xxx" }).first().click();
  await shows(traceDetails(other), "xthe end");
  await other.keyboard.press("Escape");
  await other.getByLabel("Text", { exact: true }).fill("FIRST");
  await expect.poll(() => traceRows(other).count()).toBe(2);
  await other.getByRole("button", { name: "No filter" }).click();
  await other.getByRole("button", { name: "Back to live" }).click();
  await expect.poll(() => notLive(other).count()).toBe(0);
  await expect.poll(() => traceRows(other).count()).toBe(0);
}, 60_000);

test("msb-broker replays what was exported", async () => {
  const broker = await testBroker();
  const client = await register(broker, "u1");
  client.send(eventMessage("u1", { dataObject: "first" }));
  broker.publish("u1", "E1", "by the broker");
  const page = await openConsole(browser, broker);
  await shows(traceRows(page), /by the broker$/m);
  client.send(eventMessage("u1", { dataObject: "second" }));
  await client.close();
  // Connected again: the replay must end the first connection before.
  (await register(broker, "u1")).send(eventMessage("u1", { dataObject: "third" }));
  await shows(traceRows(page), /third$/m);
  const file = await exportTrace(page);
  const again = await testBroker();
  expect(await again.replay(file, { speed: 0 })).toBe(5);
  expect(again.events.map(({ dataObject }) => dataObject)).toEqual(["first", "second", "third"]);
  expect(again.counters.registrationsRefused).toBe(0);
});

test("a recording of msb-broker is shown; an answer goes to a message only where there is no doubt", async () => {
  const file = await temporaryFile("recorded.jsonl");
  const broker = await testBroker();
  const stop = await broker.record(file);
  const client = await register(broker, "u1");
  await client.ask(eventMessage("u1", { dataObject: "sure" }));
  broker.faults.delay(50);
  client.send(eventMessage("u1", { dataObject: "either" }), eventMessage("u1", { dataObject: "or" }));
  await client.expect("IO_PUBLISHED", "IO_PUBLISHED");
  await stop();
  const page = await openConsole(browser, await testBroker());
  await importTrace(page, file);
  await shows(traceRows(page), /R✓\d+msu1SmartObject · 2 events/);
  await shows(traceRows(page), /E✓\d+msu1E1sure$/m);
  const texts = (await traceRows(page).allTextContents()).map((text) => text.replace(/^[\d:.]+/, ""));
  expect(texts.slice(-4)).toEqual(["Eu1E1either", "Eu1E1or", "replyc1IO_PUBLISHED", "replyc1IO_PUBLISHED"]);
});

test("a file that is none is refused, with the line", async () => {
  const page = await openConsole(browser, await testBroker());
  const file = await temporaryFile("wrong.jsonl");
  const bar = page.locator(".trace-bar");
  const good = JSON.stringify({ at: 1, direction: "in", connection: "c1", text: "pong" });
  for (const [content, problem] of [
    ["hello", "Line 1 is not JSON: this is not a recording."],
    [`${good}\n\n[1]`, "Line 3 is not a line of a recording: it is not an object."],
    [
      `${good}\n{"at":1}`,
      "Line 2 is not a line of a recording: `direction` must be one of in, out, open, close, note.",
    ],
    [
      `${good}\n${JSON.stringify({ ...JSON.parse(good), trace: { seq: 1, note: 5 } })}`,
      "Line 2 is not a line of a recording: `note` of `trace` must be a string.",
    ],
    ["", "There is no message in the file."],
  ] as const) {
    await writeFile(file, content);
    await importTrace(page, file);
    await shows(bar, problem);
  }
  expect(await notLive(page).count()).toBe(0);
  await writeFile(file, `\uFEFF${good}\r\n`);
  await importTrace(page, file);
  await shows(traceRows(page), /pongc1/);
  expect(await readFile(file, "utf8")).toContain("pong");
});
