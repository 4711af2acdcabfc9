import { MsbClient } from "../src/index.ts";
import { MEASURED, Measurement, PRESS_UUID, SET_SPEED, SPEED_CHANGED, Speed } from "./contract.ts";
import { Press } from "./press.ts";

/** The Node side: a press that publishes what it measures, and offers a function that sets its speed. */
export async function startDevice(msbUrl: string): Promise<{ stop(): Promise<void> }> {
  const press = new Press();
  const client = new MsbClient({
    type: "SmartObject",
    uuid: PRESS_UUID,
    name: "Press 7",
    description: "A simulated press",
    token: "press7",
  });

  const measured = client.addEvent({
    eventId: MEASURED,
    name: "Measured",
    description: "What the press measures, twice a second",
    dataFormat: Measurement,
  });
  const speedChanged = client.addEvent({
    eventId: SPEED_CHANGED,
    name: "Speed changed",
    description: "Strokes per minute, after a change",
    dataFormat: Speed,
    priority: "HIGH",
  });
  client.addFunction({
    functionId: SET_SPEED,
    name: "Set speed",
    description: "Strokes per minute",
    dataFormat: Speed,
    responseEvents: [speedChanged],
    handler: ({ dataObject }) => press.setSpeed(dataObject),
  });

  await client.connect(msbUrl);
  await client.register();
  const timer = setInterval(() => void measured.publish(press.measure()), 500);

  return {
    stop() {
      clearInterval(timer);
      return client.disconnect();
    },
  };
}
