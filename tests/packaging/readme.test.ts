import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { Program } from "../support/package/program.ts";
import { readmeSample } from "../support/package/readme.ts";

it("the README's program for Node.js does what it says, installed from the tarball", async () => {
  await using broker = await startBroker();
  const path = join(inject("consumer"), "readme.mjs");
  await writeFile(path, await readmeSample("node", broker.url));
  const published = broker.waitForEvent({ eventId: "TEMPERATURE" }, 15_000);
  await using program = new Program(process.execPath, [path], { cwd: inject("consumer") });
  const { uuid, dataObject } = await published;
  expect(dataObject).toEqual({ celsius: 21.5, at: expect.any(String) });

  const answered = broker.waitForEvent({ eventId: "SPEED_CHANGED" });
  broker.call(uuid, "SET_SPEED", 90, { correlationId: "c" });
  await expect(answered).resolves.toMatchObject({ dataObject: 90, correlationId: "c" });
  expect(program.output).toBe("");
});
