// MQTT topics as events of an MSB, and functions of the MSB as MQTT topics.
import { setTimeout as pause } from "node:timers/promises";
import mqtt from "mqtt";
import { MsbClient } from "msb-client-websocket";
import { levelStore } from "msb-client-websocket/level-store";
import * as z from "zod";

const gateway = new MsbClient({
  type: "Gateway",
  uuid: "c2d1b1a4-7c0e-4c5d-9f35-0d9e5f1c8a70",
  name: "Hall 3",
  description: "The MQTT devices of hall 3",
  token: "hall3",
  url: process.env.MSB_URL ?? "http://127.0.0.1:8085",
  store: levelStore(process.env.EVENTS ?? "./events"),
});

const oven = gateway.addService({
  type: "SmartObject",
  uuid: "c2d1b1a4-7c0e-4c5d-9f35-0d9e5f1c8a71",
  name: "Oven",
  description: "The oven in hall 3",
  token: "oven",
});
const lamp = gateway.addService({
  type: "SmartObject",
  uuid: "c2d1b1a4-7c0e-4c5d-9f35-0d9e5f1c8a72",
  name: "Lamp",
  description: "The lamp over the door of hall 3",
  token: "lamp",
});

// Topics in, events out.
const events = new Map([
  ["hall3/oven/temperature", oven.addEvent({ eventId: "TEMPERATURE", dataFormat: z.number() })],
  ["hall3/lamp/state", lamp.addEvent({ eventId: "SWITCHED", dataFormat: z.boolean() })],
]);

// Calls in, topics out: the call is done when the MQTT broker has the message.
lamp.addFunction({
  functionId: "SWITCH",
  dataFormat: z.boolean(),
  handler: async ({ dataObject }) => {
    await topics.publishAsync("hall3/lamp/set", JSON.stringify(dataObject), { qos: 1 });
  },
});

/** Resolves when the event is on disk: from then on it reaches the MSB, even after a crash. */
async function forward(topic, payload) {
  for (;;) {
    try {
      await events.get(topic)?.publish(JSON.parse(payload), { cached: true, until: "stored" });
      return;
    } catch (error) {
      if (!["BUSY", "STORE_FAILED"].includes(error.code)) {
        console.error(`${topic}: ${error.message}`); // it can never be sent: not JSON, or of a wrong type
        return;
      }
      await pause(1_000); // the disk is full: MQTT waits
    }
  }
}

const topics = mqtt.connect(process.env.MQTT_URL ?? "mqtt://127.0.0.1:1883", {
  clientId: "msb-gateway-hall3", // with clean: false the MQTT broker keeps messages while this program is not connected
  clean: false,
});

// mqtt.js acknowledges a message (QoS 1) when `done` is called, one after the other.
topics.handleMessage = ({ topic, payload }, done) => {
  void forward(topic, payload.toString()).then(() => done());
};
topics.on("connect", () => topics.subscribe([...events.keys()], { qos: 1 }));
topics.on("error", (error) => console.error(`MQTT: ${error.message}`));

async function stop() {
  await topics.endAsync();
  await gateway.disconnect({ drain: true, timeout: 5_000 });
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);

void gateway.start(); // waits for the MSB; meanwhile events are stored
console.log("The gateway is running.");
