import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { levelStore } from "../../src/level-store/index.ts";
import { testBroker, testClient } from "../support/setup.ts";

function client(location: string) {
  const msb = testClient({ uuid: "stored", store: levelStore(location), cached: true });
  return { msb, event: msb.addEvent({ eventId: "E", dataFormat: "int32" }) };
}

it.each([/^MANIFEST-/, /^CURRENT$/])(
  "a store that has lost %s says how to repair it, and then delivers",
  async (lost) => {
    const location = mkdtempSync(join(tmpdir(), "msb-store-"));
    onTestFinished(() => rmSync(location, { recursive: true, force: true }));
    const writer = client(location);
    for (const value of [1, 2, 3]) {
      await writer.event.publish(value, { until: "stored" });
    }
    await writer.msb.disconnect();
    for (const name of readdirSync(location).filter((name) => lost.test(name))) {
      rmSync(join(location, name));
    }

    const broker = await testBroker();
    const reader = client(location);
    const error = await reader.msb.connect(broker.url).catch((failure) => failure);
    expect(error).toMatchObject({ code: "STORE_FAILED" });
    const [command = "false"] = /node -e ".*"$/.exec(error.message) ?? [];
    execFileSync("sh", ["-c", command]);
    await reader.msb.connect(broker.url);
    await reader.msb.register();
    await reader.msb.flush();
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([1, 2, 3]);
  },
);
