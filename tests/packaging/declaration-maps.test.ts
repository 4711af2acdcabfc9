import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decode } from "@jridgewell/sourcemap-codec";
import { expect, inject, test } from "vitest";
import { goToDefinitions } from "../support/types/type-server.ts";

const installed = (path: string): string =>
  join(inject("consumer"), "node_modules/msb-client-websocket", path);

/** `^` stands before each name that somebody goes to. */
const PROGRAM = `
import { ^contract, ^exponentialBackoff, ^MsbClient, ^MsbError, type ^MsbService } from "msb-client-websocket";
import { ^startBroker } from "msb-client-websocket/broker";
import { ^levelStore } from "msb-client-websocket/level-store";
import { ^FakeClock, ^startTestBench } from "msb-client-websocket/testing";

const client = new MsbClient({ type: "Application", uuid: "u", name: "n", description: "", token: "t" });
client.^addEvent("A").^publish();
client.on("error", ({ ^remedy }) => remedy);
client.^setKeepAlive(true);
client.set({ ^ackTimeout: 5_000, ^maxConcurrentCalls: 3 });
startBroker().then((broker) => broker.^waitForEvent());
startTestBench().then((bench) => bench.^machine);
new FakeClock().^advance(1);
`;

test("an editor that goes to a definition comes to the sources", { timeout: 60_000 }, async () => {
  const lines = PROGRAM.split("\n");
  const places = lines.flatMap((line, number) =>
    [...line.matchAll(/\^(\w+)/g)].map(({ 1: name = "", index }, marks) => ({
      name,
      line: number + 1,
      // Without the marks before it.
      offset: index - marks + 1,
    })),
  );
  expect(places.length).toBeGreaterThan(15);
  for (const [type, extension] of [
    ["import", "mts"],
    ["require", "cts"],
  ]) {
    const file = join(inject("consumer"), `go-to-definition-${type}.${extension}`);
    await writeFile(file, PROGRAM.replaceAll("^", ""));
    const targets = await goToDefinitions(file, places);
    for (const [index, { name }] of places.entries()) {
      const { file: target = "", start = { line: 0, offset: 0 } } = targets[index] ?? {};
      expect(target, name).toContain("/node_modules/msb-client-websocket/src/");
      const line = (await readFile(target, "utf8")).split("\n")[start.line - 1];
      expect(line?.slice(start.offset - 1), name).toMatch(new RegExp(`^${name}\\b`));
    }
  }
});

test("the maps lead every name to the same name, or to what the compiler has made it of", async () => {
  const maps = inject("packed").files.filter((path) => /\.d\.c?ts\.map$/.test(path));
  expect(maps.length).toBe(14);
  let [same, all] = [0, 0];
  for (const path of maps) {
    const { sources, mappings } = JSON.parse(await readFile(installed(path), "utf8"));
    const code = (await readFile(installed(path.replace(/\.map$/, "")), "utf8")).split("\n");
    const texts = await Promise.all(
      sources.map(async (source: string) =>
        (await readFile(installed(join("dist", source)), "utf8")).split("\n"),
      ),
    );
    expect(code.at(-2)).toBe(`//# sourceMappingURL=${path.replace("dist/", "")}`);
    for (const [line, segments] of decode(mappings).entries()) {
      for (const [column, source = -1, sourceLine = -1, sourceColumn = -1] of segments) {
        const name = /^["@[\w]*/.exec(code[line]?.slice(column) ?? "")?.[0];
        const found = /^["@[\w]*/.exec(texts[source]?.[sourceLine]?.slice(sourceColumn) ?? "")?.[0];
        expect(found, `${path}, line ${line + 1}, ${name}`).not.toBe("");
        all += 1;
        same += name === found ? 1 : 0;
      }
    }
  }
  console.log(
    `The maps of the declarations have ${all} names, and ${same} of them are those of the sources.`,
  );
  expect(all).toBeGreaterThan(1_000);
  expect(same / all).toBeGreaterThan(0.9);
});
