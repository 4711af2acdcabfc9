import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { Program } from "../support/package/program.ts";

it("the program of the site's start page publishes its event and answers calls", async () => {
  await using broker = await startBroker();
  const path = join(inject("consumer"), "start-page.mjs");
  const sample = await documentSample("docs/index.md", "press");
  await writeFile(path, sample.replace("http://127.0.0.1:8085", broker.url));
  const published = broker.waitForEvent({ eventId: "MEASURED" }, 30_000);
  await using program = new Program(process.execPath, [path], { cwd: inject("consumer") });
  const { uuid, dataObject } = await published;
  expect(dataObject).toEqual({ celsius: 21.5 });

  broker.call(uuid, "SET_SPEED", 90);
  await program.written(/^The speed is 90 now\.$/m);
});
