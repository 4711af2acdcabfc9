import { beforeAll, describe, expect, test } from "vitest";
import { chosenLanguages } from "../support/interop/languages.ts";
import { PATIENCE, register, registerOurs, type Setting, THEIRS } from "../support/interop/session.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const SLOW = { timeout: 2 * PATIENCE };

const cases = chosenLanguages()
  .chosen.filter(({ language }) => language === "python")
  .flatMap(({ framings, prepare }) => framings.map((framing) => ({ framing, prepare })));

describe.each(cases)("calls of the official Python client, $framing", ({ framing, prepare }) => {
  let setting: Setting;
  // Downloads, the first time.
  beforeAll(async () => {
    setting = { command: await prepare(), framing };
  }, 300_000);

  test("the function of its sample answers calls that nobody gave a correlation id", SLOW, async () => {
    const { broker, theirs } = await register(setting, {}, "sample-function");
    const answer = (value: string) =>
      broker.waitForEvent((event) => event.eventId === "TEXT" && event.dataObject === value, PATIENCE);
    const byCall = answer("by a call");
    broker.call(THEIRS, "SAMPLE", "by a call");
    expect((await byCall).correlationId).toMatch(UUID);

    const { client } = await registerOurs(broker, framing === "raw");
    broker.addFlow({
      from: { uuid: client.uuid, eventId: "TEXT" },
      to: { uuid: THEIRS, functionId: "SAMPLE" },
      mapping: { "/dataObject": { template: "${/dataObject}!" } },
    });
    const byFlow = answer("by a flow!");
    await client.publish("TEXT", "by a flow");
    expect((await byFlow).correlationId).toMatch(UUID);
    expect(await theirs.end()).toBe(0);
  });

  test("it reads what it wrote itself: with escapes, over several lines", SLOW, async () => {
    const { broker, theirs } = await register(setting);
    for (const [eventId, functionId, value] of [
      ["TEXT", "NOTE", "Grüße, 中文 😀"],
      ["TEXTS", "ECHO_TEXTS", ["ä", "/"]],
    ] as const) {
      const flow = { from: { uuid: THEIRS, eventId }, to: { uuid: THEIRS, functionId } };
      broker.addFlow(flow);
      theirs.tell({ do: "publish", event: eventId, value });
      expect(await theirs.next("called")).toMatchObject({ function: functionId, value });
      broker.removeFlow(flow);
    }
  });
});
