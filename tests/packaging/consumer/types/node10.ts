// As projects are that still look for modules in folders, without `exports`.
import { type EventStore, MsbClient } from "msb-client-websocket";
import { type Broker, startBroker } from "msb-client-websocket/broker";
import { levelStore } from "msb-client-websocket/level-store";
import { startTestBench } from "msb-client-websocket/testing";
import * as z from "zod";

const store: EventStore = levelStore("./events");
export const client = new MsbClient({
  type: "SmartObject",
  uuid: "press-7",
  name: "Press 7",
  description: "",
  token: "press7",
  store,
});
export const reading = client.addEvent({
  eventId: "READING",
  dataFormat: z.object({ celsius: z.number() }),
});
export const start = (): Promise<Broker> => startBroker();
export const makeBench = () => startTestBench();
// @ts-expect-error: a wrong value is a compile error.
void reading.publish({ celsius: "warm" });
