import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { folder } from "../../support/broker/folder.ts";

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const connect = async (uuid: string) =>
  (await BareClient.connect(broker.url, "raw")).register(describeService(uuid));

describe("recording", () => {
  test("every message is in the file, and replay says again what clients said", async () => {
    const file = join(await folder(), "messages.jsonl");
    const stop = await broker.record(file);
    const client = await connect("u1");
    await client.ask(eventMessage("u1", { dataObject: "a\nb" }));
    const gone = broker.waitForDisconnect("u1");
    await client.close();
    await gone;
    const second = await connect("u1");
    await second.ask(eventMessage("u1", { dataObject: "again" }));
    await stop();
    await second.ask(eventMessage("u1", { dataObject: "not recorded" }));
    const lines = (await readFile(file, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const shown = lines.map(({ direction, connection, text = "" }) =>
      `${connection} ${direction} ${text.slice(0, 13)}`.trim(),
    );
    expect(shown).toEqual([
      "c1 open",
      "c1 out IO_CONNECTED",
      'c1 in R {"@class":"',
      "c1 out IO_REGISTERED",
      'c1 in E {"uuid":"u1',
      "c1 out IO_PUBLISHED",
      "c1 close",
      "c2 open",
      "c2 out IO_CONNECTED",
      'c2 in R {"@class":"',
      "c2 out IO_REGISTERED",
      'c2 in E {"uuid":"u1',
      "c2 out IO_PUBLISHED",
    ]);
    expect(lines.every(({ at }) => Math.abs(Date.now() - at) < 60_000)).toBe(true);

    await using other = await startBroker();
    expect(await other.replay(file, { speed: 0 })).toBe(4);
    expect(other.events.map(({ dataObject }) => dataObject)).toEqual(["a\nb", "again"]);
    expect([...other.services.keys()]).toEqual(["u1"]);
    expect(other.connections).toMatchObject([{ id: "replay2", remoteAddress: "replay" }]);
  });

  test("replay keeps the distances in time, faster or slower", async () => {
    const file = join(await folder(), "messages.jsonl");
    const line = (at: number, text: string) =>
      JSON.stringify({ at, direction: "in", connection: "c1", text });
    const registration = `R ${JSON.stringify(describeService("u1"))}`;
    await writeFile(file, `${line(1_000, registration)}\n${line(3_000, eventMessage("u1"))}\n`);
    const start = performance.now();
    expect(await broker.replay(file, { speed: 20 })).toBe(2);
    expect(performance.now() - start).toBeGreaterThan(95);
    expect(broker.events).toHaveLength(1);
    // It ends with the broker.
    const endless = broker.replay(file, { speed: 0.001 });
    await broker.waitForRegistration("u1");
    await broker.close();
    expect(await endless).toBeLessThan(2);
  });

  test("says what cannot be used", async () => {
    const path = await folder();
    await expect(broker.replay(join(path, "no"))).rejects.toThrow(/cannot be played: ENOENT/);
    await expect(broker.replay("x", { speed: -1 })).rejects.toThrow(/speed: must be a number, 0 or more/);
    await expect(broker.record(join(path, "no", "file"))).rejects.toThrow(/Cannot record into/);
    await writeFile(join(path, "bad"), "\nhello\n");
    await expect(broker.replay(join(path, "bad"))).rejects.toThrow(/line 2: is not a line of a recording/);
  });
});
