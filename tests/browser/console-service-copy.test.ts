import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import type { Broker } from "../../src/broker/index.ts";
import { parseNode } from "../../src/console/format/lossless.ts";
import { toCurl } from "../../src/console/service/copy/curl.ts";
import { toSource } from "../../src/console/service/copy/source.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, openItem, registerPress } from "../support/browser/console.ts";
import { compileSamples } from "../support/docs/compile-examples.ts";
import { runOk } from "../support/package/program.ts";
import { testBroker, testClient } from "../support/setup.ts";

const browser = useBrowser();
const ROOT = join(import.meta.dirname, "../..");

/** What the button copies. */
async function copied(page: Page, id: string, name: string): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const item = page.locator("details.item", {
    has: page.locator("summary code", { hasText: new RegExp(`^${id}$`) }),
  });
  await item.getByRole("button", { name: `Copy as ${name}` }).click();
  await item.getByText("Copied.").waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(await item.getByRole("region", { name: `As ${name}` }).textContent()).toBe(text);
  return text;
}

/** @returns what it writes. */
async function runProgram(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "msb-copied-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "program.mts");
  // The sources are what is built into the package.
  const sources = JSON.stringify(new URL("../../src/index.ts", import.meta.url).href);
  await writeFile(file, code.replace('"msb-client-websocket"', sources));
  return runOk(process.execPath, ["--import", "tsx", file], { cwd: ROOT });
}

/** Machines that answer in every way that the protocol has. */
async function registerMachine(broker: Broker): Promise<unknown[]> {
  const taken: unknown[] = [];
  const machine = testClient({ uuid: "machine", name: "The\nmachine" });
  const done = machine.addEvent({ eventId: "DONE", dataFormat: z.string() });
  const failed = machine.addEvent({ eventId: "FAILED" });
  const module = z.object({ "weight in kg": z.number() }).meta({ id: "Module" });
  machine.addFunction({
    functionId: "START",
    dataFormat: z.object({ name: z.string(), modules: z.array(module) }).meta({ id: "Order" }),
    responseEvents: [done, failed],
    handler: async ({ dataObject, respond }) => {
      taken.push(dataObject);
      await respond("DONE", "well");
    },
  });
  machine.addFunction({
    functionId: "MOVE",
    parameters: { axis: z.enum(["x", "y"]), module },
    handler: ({ parameters }) => {
      taken.push(parameters);
    },
  });
  machine.addFunction({ functionId: "STOP", handler: () => taken.push("stopped") && undefined });
  await machine.connect(broker.url);
  await machine.register();
  return taken;
}

test("a call copied as curl does the same in a shell, whatever is in it", async () => {
  const broker = await testBroker();
  const taken = await registerMachine(broker);
  const page = await openConsole(browser, broker, "#/service/machine");
  const item = await openItem(page, "START");
  const name = `it's "quoted" $HOME \`ls\` \\ ü`;
  await item.getByLabel("name").fill(name);
  const answer = JSON.parse(await runOk("sh", ["-c", `${await copied(page, "START", "curl")} --silent`]));
  expect(answer.response).toMatchObject({ eventId: "DONE", dataObject: "well" });
  expect(taken).toEqual([{ name, modules: [{ "weight in kg": 1.5 }] }]);
});

test("curl brings the token that the broker wants, and every digit", async () => {
  const broker = await testBroker({ token: "s3cret-token" });
  await registerPress(broker);
  const page = await openConsole(browser, broker, "?token=s3cret-token#/service/press");
  const item = await openItem(page, "SET_SPEED");
  await item.getByLabel("Value").fill("9007199254740993");
  await item.getByLabel("Send without checking").check();
  const command = await copied(page, "SET_SPEED", "curl");
  expect(command).toContain("-H 'Authorization: Bearer TOKEN'");
  const called = broker.waitForMessage({ direction: "out", startsWith: "C" });
  // The press itself refuses it: nobody answers.
  const given = command.replace("Bearer TOKEN", "Bearer s3cret-token").replace(',"wait":5000', "");
  expect(await runOk("sh", ["-c", `${given} --silent --fail`])).toBe("{}");
  expect((await called).text).toContain('"dataObject":9007199254740993');
});

test("events and calls copied as TypeScript are clients that compile, and do the same", {
  timeout: 120_000,
}, async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const taken = await registerMachine(broker);
  const page = await openConsole(browser, broker, "?open=press~e.MEASURED#/service/press");
  const event = page.locator("details.item[open]");
  await event.getByLabel("celsius").fill("-3.50");
  await event.getByLabel("Priority").selectOption("high");
  await event.getByLabel("Correlation id").fill('c"1');
  const publishes = await copied(page, "MEASURED", "TypeScript");
  await page.goto(`${broker.url}/?open=machine~f.START,f.MOVE,f.STOP#/service/machine`);
  await page.getByLabel("axis").selectOption("y");
  const calls = [];
  for (const id of ["START", "MOVE", "STOP"]) {
    calls.push(await copied(page, id, "TypeScript"));
  }
  expect(compileSamples([publishes, ...calls])).toEqual([[], [], [], []]);

  const published = broker.waitForEvent(({ uuid }) => uuid !== "press", 60_000);
  await runProgram(publishes);
  expect(await published).toMatchObject({
    eventId: "MEASURED",
    dataObject: { celsius: -3.5, state: "idle" },
    priority: 2,
    correlationId: 'c"1',
  });
  const [answer] = await Promise.all(calls.map(runProgram));
  expect(answer).toMatch(/eventId: 'DONE'.*value: 'well'/s);
  await expect.poll(() => taken).toHaveLength(3);
  expect(taken).toEqual(
    expect.arrayContaining([
      { name: "text", modules: [{ "weight in kg": 1.5 }] },
      { axis: "y", module: { "weight in kg": 1.5 } },
      "stopped",
    ]),
  );
});

test("nothing is copied that the form would not send, and a page without a clipboard shows it", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker, "#/service/press");
  const item = await openItem(page, "SET_SPEED");
  await item.getByLabel("Value").fill("fast");
  await item.getByRole("button", { name: "Copy as curl" }).click();
  await item.getByText("Not sent, because this does not fit:").waitFor();
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await item.getByLabel("Value").fill("60");
  await item.getByRole("button", { name: "Copy as curl" }).click();
  await item.getByText("Select it to copy it").waitFor();
  expect(await item.getByRole("region", { name: "As curl" }).textContent()).toContain('"value":60');
});

test("values as TypeScript are the same values", () => {
  const json = '{"__proto__":{"a":1},"a b":[1.50,-0,true,null],"text":"\\u2028\\"","ok":{}}';
  const value = new Function(`return ${toSource(parseNode(json))}`)();
  expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(json)));
  expect(Object.hasOwn(value, "__proto__")).toBe(true);
  const long = toSource(parseNode(JSON.stringify({ list: Array(40).fill("word"), short: [1, 2] })));
  expect(long).toMatch(/^\{\n {2}list: \[\n {4}"word",\n.*\n {2}short: \[1, 2\],\n\}$/s);
  expect(toCurl({ url: "http://h/it's", body: "{}", needsToken: false })).toBe(
    "curl -X POST 'http://h/it'\\''s' \\\n  -H 'Content-Type: application/json' \\\n  --data-raw '{}'",
  );
});
