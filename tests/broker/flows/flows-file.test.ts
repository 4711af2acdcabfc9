import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { folder } from "../../support/broker/folder.ts";

let broker: Broker;
let log: string[];
beforeEach(async () => {
  log = [];
  broker = await startBroker({ log: ({ message }) => log.push(message) });
});
afterEach(() => broker.close());

describe("the flows file", () => {
  const flow = (functionId: string) => ({
    from: { uuid: "u1", eventId: "E1" },
    to: { uuid: "u2", functionId },
  });
  const functions = () =>
    broker.flows
      .map(({ to }) => to.functionId)
      .sort()
      .join();

  test("is watched; a broken one is reported, and the old flows stay", async () => {
    const file = join(await folder(), "flows.json");
    await writeFile(file, JSON.stringify([flow("F1"), flow("F2")]));
    broker.addFlow(flow("mine"));
    const stop = await broker.watchFlows(file);
    expect(functions()).toBe("F1,F2,mine");
    await writeFile(file, '[{"from":');
    await expect
      .poll(() => log.join("\n"))
      .toMatch(/The flows stay as they are.*flows\.json.*JSON cannot be read/);
    await writeFile(file, JSON.stringify([flow("F1"), { from: {} }]));
    await expect.poll(() => log.join("\n")).toMatch(/\[1\] The flow cannot be used: from\.uuid/);
    expect(functions()).toBe("F1,F2,mine");
    await writeFile(file, JSON.stringify({ flows: [flow("F3")] }));
    await expect.poll(functions).toBe("F3,mine");
    // As an editor does it: a new file takes the place of the old one.
    await rm(file);
    await writeFile(file, JSON.stringify([flow("F4")]));
    await expect.poll(functions).toBe("F4,mine");
    stop();
  });

  test("must be usable at the start", async () => {
    const file = join(await folder(), "flows.json");
    await expect(broker.watchFlows(file)).rejects.toThrow(/flows\.json cannot be used: ENOENT/);
    await writeFile(file, "5");
    await expect(broker.watchFlows(file)).rejects.toThrow(/must be an array of flows.*, not 5/);
  });
});
