// A press that breaks the promise: one measurement in five has a number, and is never published.
import { PRESS, press } from "../../../../demo/contracts/press.ts";
import { endWithHost, PATIENCE } from "../../../../demo/machines/life.ts";
import { MsbClient } from "../../../../src/index.ts";

const [msbUrl = ""] = process.argv.slice(2);
const client = new MsbClient({
  type: "SmartObject",
  uuid: PRESS.uuid,
  name: PRESS.name,
  description: "A press that loses measurements",
  token: "press7",
  ...PATIENCE,
});
const { events } = client.implement(press, { SET_SPEED: () => 60, ACKNOWLEDGE: () => undefined });
let number = 0;

function work(): void {
  number += 1;
  if (number % 5 !== 3) {
    const at = new Date().toISOString();
    void events.MEASURED.publish(
      { number, temperature: 40, force: 200, speed: 60, strokes: number, at },
      { cached: true },
    );
  }
  const { cached, inFlight } = client.stats();
  process.send?.({ published: number, kept: cached + inFlight }, undefined, undefined, () => {});
}

endWithHost(client, setInterval(work, 50));
await client.start(msbUrl);
