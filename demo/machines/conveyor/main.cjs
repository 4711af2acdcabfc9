// The conveyor: a CommonJS program. In yours it is require("msb-client-websocket").
const { MsbClient } = require("../../../src/index.ts");
const { CONVEYOR, conveyor } = require("../../contracts/conveyor.ts");
const { Alarms } = require("../alarms.ts");
const { endWithHost, PATIENCE, unlessUnheard } = require("../life.ts");
const { Belt } = require("./belt.cjs");

/** Milliseconds: a belt jams now and then, and frees itself after a while. The first time somebody is still looking. */
const FIRST_JAM = 45_000;
const JAM_LASTS = 15_000;

const [, , msbUrl] = process.argv;
const belt = new Belt();
const client = new MsbClient({
  type: "SmartObject",
  uuid: CONVEYOR.uuid,
  name: CONVEYOR.name,
  description: "A simulated conveyor belt",
  token: "conveyor3",
  ...PATIENCE,
});
const { events } = client.implement(conveyor, {
  TAKE_PART: ({ dataObject }) => belt.take(dataObject.part),
  ACKNOWLEDGE: async ({ dataObject, respond }) => {
    const alarm = alarms.acknowledge(dataObject);
    await respond("ALARM", alarm, { cached: false });
    if (alarm.active) {
      free();
    }
  },
});
const alarms = new Alarms((alarm) =>
  unlessUnheard(events.ALARM.publish(alarm, { cached: false, priority: alarm.priority })),
);

let nextJam = Date.now() + FIRST_JAM;
let jammedUntil = Number.POSITIVE_INFINITY;

function work() {
  const now = Date.now();
  for (const part of belt.work(now)) {
    unlessUnheard(events.PART_ARRIVED.publish({ part, at: new Date(now).toISOString() }));
  }
  if (now >= jammedUntil) {
    free();
  } else if (now >= nextJam) {
    jam(now);
  }
}

function jam(now) {
  belt.stop();
  jammedUntil = now + JAM_LASTS;
  nextJam = now + 120_000 + Math.random() * 180_000;
  alarms.raise("jam", "MEDIUM", "The belt is jammed");
}

/** By itself, or because somebody has looked after it. */
function free() {
  jammedUntil = Number.POSITIVE_INFINITY;
  belt.run();
  alarms.end("jam");
}

endWithHost(
  client,
  setInterval(work, 100),
  setInterval(() => unlessUnheard(events.BELT_STATE.publish(belt.state(Date.now()))), 500),
  setInterval(() => alarms.repeat(), 3_000),
);
client.start(msbUrl).catch((error) => console.error(String(error)));
