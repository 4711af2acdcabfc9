import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DataType, MsbClient, type MsbError, nodeSocket } from "../../src/index.ts";
import { ROOT } from "../support/package/package.ts";
import { testBroker, testClient } from "../support/setup.ts";

it("the errors of the table in docs/guides/debugging.md are those that come", async () => {
  const broker = await testBroker();
  const client = testClient();
  const errors: MsbError[] = [];
  client.on("error", (error) => errors.push(error));
  const temperature = client.addEvent({ eventId: "T", dataFormat: DataType.DOUBLE });
  const failure = new Error("The motor is off.");
  client.addFunction({ functionId: "F", handler: () => Promise.reject(failure) });
  const failed = async (action: () => unknown): Promise<void> => {
    try {
      await action();
    } catch (error) {
      errors.push(error as MsbError);
    }
  };
  const other = (options: Parameters<typeof testClient>[0] = {}): MsbClient => testClient(options);
  await failed(() => temperature.publish(1));
  await failed(() => other().connect("http://127.0.0.1:9"));
  await failed(() => other().connect(broker.url.replace("http:", "https:")));
  await failed(() => other().connect(`${broker.url}/api`));
  const socket = nodeSocket({ origin: "http://station.example" });
  await failed(() => other({ socket }).connect(broker.url));
  await client.connect(broker.url);
  await failed(() => temperature.publish(1));
  await client.register();
  await failed(() => temperature.publish("warm" as never));
  await failed(() => new MsbClient({ uuid: "" } as never));
  const twin = other({ uuid: client.uuid });
  await twin.connect(broker.url);
  await failed(() => twin.register());
  broker.faults.refuseNext("R");
  const refused = other();
  await refused.connect(broker.url);
  await failed(() => refused.register());
  broker.call(client.uuid, "F");
  broker.call(client.uuid, "G");
  await expect.poll(() => errors.length).toBe(12);

  const text = await readFile(join(ROOT, "docs/guides/debugging.md"), "utf8");
  const rows = [...text.matchAll(/^\| (`[A-Z_]{4}.*?) \|/gm)].map(([, seen = ""]) =>
    [...seen.matchAll(/`(.+?)`/g)].flatMap(([, words = ""]) => words.split(" … ")),
  );
  expect(rows.length).toBeGreaterThan(9);
  const said = errors.map(({ code, message }) => `${code} ${message}`);
  for (const [first = "", second] of rows) {
    const fits = said.some(
      (line) => line.includes(first) && (!second || said.some((each) => each.includes(second))),
    );
    expect(fits, `${first} ${second ?? ""} among\n${said.join("\n")}`).toBe(true);
  }
  for (const { code } of errors) {
    expect(rows.flat()).toContain(code);
  }
  expect(errors.find(({ code }) => code === "HANDLER_FAILED")?.cause).toBe(failure);
});
