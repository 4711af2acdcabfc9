import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import {
  contract,
  DataType,
  MsbClient,
  type MsbError,
  type MsbEvent,
  nodeSocket,
} from "msb-client-websocket";
import { type Broker, type ReceivedEvent, startBroker } from "msb-client-websocket/broker";
import { levelStore } from "msb-client-websocket/level-store";
import { type FakeClock, scriptedClient, startTestBench, type TestBench } from "msb-client-websocket/testing";
import * as z from "zod";
import * as mini from "zod/mini";

const client = new MsbClient({
  type: "SmartObject",
  uuid: "6f1c2d7e-2a52-4d0e-9a0e-5a7b3c9d1e01",
  name: "Press 7",
  description: "",
  token: "press7",
  store: levelStore("./events", { sync: true }),
  socket: nodeSocket({ agent: new Agent({ keepAlive: true }), headers: { authorization: "Bearer x" } }),
  tls: {
    ca: [readFileSync("ca.pem")],
    cert: readFileSync("press7.pem"),
    key: readFileSync("press7.key", "utf8"),
  },
});

const reading = client.addEvent({
  eventId: "READING",
  dataFormat: z.object({ celsius: z.number(), at: z.iso.datetime() }),
  priority: "HIGH",
});
const typed: MsbEvent<{ celsius: number; at: string }> = reading;
const count = client.addEvent("COUNT", "Count", "", DataType.INT32, "LOW", true);

client.addFunction({
  functionId: "SET_SPEED",
  dataFormat: mini.int32(),
  responseEvents: [count],
  handler: ({ dataObject, correlationId }) => {
    const speed: number = dataObject;
    const id: string | undefined = correlationId;
    return id === undefined ? [] : [speed];
  },
});

export async function main(): Promise<ReceivedEvent> {
  const broker: Broker = await startBroker({ port: 0 });
  client.on("error", (error: MsbError) => console.error(error.code));
  client.on("stateChange", ({ state }) => state === "registered");
  await client.connect(broker.url);
  await client.register();
  await typed.publish({ celsius: 21.5, at: new Date().toISOString() }, { cached: true });
  // @ts-expect-error: a wrong value is a compile error.
  await reading.publish({ celsius: "warm", at: "" });
  // @ts-expect-error: and so is a missing one.
  await reading.publish();
  // @ts-expect-error: and so is one that is no array.
  await count.publish(1);
  // @ts-expect-error: and so is an unknown event of the client itself.
  client.on("stateChanged", () => {});
  // @ts-expect-error: what only the parts of the client call on each other is not offered.
  client.handleCall;
  await broker.close();
  return broker.waitForEvent({ eventId: "READING" });
}

const press = contract({
  events: { SPEED_CHANGED: z.int32() },
  functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
});

export async function tests(): Promise<void> {
  await using bench: TestBench = await startTestBench({ port: 0 });
  const machine = await bench.machine(
    press,
    { uuid: "press-7" },
    { SET_SPEED: ({ dataObject }) => dataObject },
  );
  const caller = await bench.counterpart(press, { uuid: machine.uuid });
  const speed: number = await caller.call("SET_SPEED", 60);
  const heard: number = await caller.nextEvent("SPEED_CHANGED");
  const { server, clock } = scriptedClient({ random: () => speed + heard });
  await server.accept();
  const fake: FakeClock = clock;
  await fake.advance(1_000);
  // @ts-expect-error: a wrong value is a compile error.
  await caller.call("SET_SPEED", "60");
}
