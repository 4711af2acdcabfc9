// The parameter of the press, between the page server and a press that answers as it likes.
import { expect, test } from "vitest";
import { PRESS } from "../../demo/contracts/press.ts";
import { setTemperatureLimit } from "../../demo/plant/temperature-limit.ts";
import { BareClient } from "../support/broker/bare-client.ts";
import { describeService } from "../support/broker/describe.ts";
import { testBroker } from "../support/setup.ts";

const pressWith = (value: number) =>
  describeService(PRESS.uuid, {
    configuration: { parameters: { temperatureLimit: { value, type: "NUMBER", format: "DOUBLE" } } },
  });

test("a press that comes back with the limit that it had has not taken the new one", async () => {
  const broker = await testBroker();
  const client = await (await BareClient.connect(broker.url, "raw")).register(pressWith(55));
  let isDone = false;
  const done = setTemperatureLimit(broker, 70).then(() => {
    isDone = true;
  });
  await client.nextJson("K");
  await client.register(pressWith(55));
  expect(isDone).toBe(false);
  await client.register(pressWith(70));
  await done;
});
