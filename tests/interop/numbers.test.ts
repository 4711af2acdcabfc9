import { beforeAll, describe, expect, test } from "vitest";
import { chosenLanguages } from "../support/interop/languages.ts";
import { PATIENCE, register, type Setting, THEIRS } from "../support/interop/session.ts";

const SLOW = { timeout: 2 * PATIENCE };

const cases = chosenLanguages()
  .chosen.filter(({ language }) => language === "java")
  .flatMap(({ framings, prepare }) => framings.map((framing) => ({ framing, prepare })));

/** As Java writes them. */
const NUMBERS = [
  ["LONG", ["9223372036854775807", "-9223372036854775808", "9007199254740993", "0"]],
  [
    "DOUBLE",
    ["1.7976931348623157E308", "4.9E-324", "-2.2250738585072014E-308", "0.1", "1.0", "-0.0", "1.0E21"],
  ],
] as const;
const WAYS = [
  { way: "as they are", mapping: undefined },
  { way: "by a pointer", mapping: { "/dataObject": "/dataObject" } },
  { way: "by a template", mapping: { "/dataObject": { template: "${/dataObject}" } } },
];

describe.each(cases)("numbers of the official Java client, $framing", ({ framing, prepare }) => {
  let setting: Setting;
  // Downloads, the first time.
  beforeAll(async () => {
    setting = { command: await prepare(), framing };
  }, 300_000);

  test.each(WAYS)("go through a flow to its function and back, $way", SLOW, async ({ mapping }) => {
    const { broker, theirs } = await register(setting, {}, "exact-numbers");
    for (const [event, texts] of NUMBERS) {
      const from = { uuid: THEIRS, eventId: event };
      broker.addFlow({ from, to: { uuid: THEIRS, functionId: `ECHO_${event}` }, mapping });
      for (const text of texts) {
        const back = broker.waitForEvent({ uuid: THEIRS, eventId: `${event}_BACK` }, PATIENCE);
        theirs.tell({ do: "publishNumber", event, text, correlationId: text });
        expect((await theirs.next("number")).text).toBe(text);
        expect(await back).toMatchObject({ dataText: text, correlationId: text });
      }
    }
  });
});
