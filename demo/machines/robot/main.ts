// The robot: it has no connection of its own, but is a service behind the gateway of its cell.
import { MsbClient } from "../../../src/index.ts";
import { CELL, ROBOT, robot } from "../../contracts/robot.ts";
import { Alarms } from "../alarms.ts";
import { endWithHost, PATIENCE, unlessUnheard } from "../life.ts";
import { Arm } from "./arm.ts";

/** How many parts a box takes. */
const BOX_SIZE = 200;
/** Milliseconds that it takes to bring an empty one. */
const EXCHANGE = 8_000;

const [msbUrl = ""] = process.argv.slice(2);
const arm = new Arm();
const gateway = new MsbClient({
  type: "Gateway",
  uuid: CELL.uuid,
  name: CELL.name,
  description: "Connects the machines of a cell",
  token: "cell2",
  ...PATIENCE,
});
const service = gateway.addService({
  type: "SmartObject",
  uuid: ROBOT.uuid,
  name: ROBOT.name,
  description: "A simulated robot",
  token: "robot12",
});
const { events } = service.implement(robot, {
  PICK_PART: ({ dataObject }) => arm.pick(dataObject.part),
  ACKNOWLEDGE: async ({ dataObject, respond }) => {
    await respond("ALARM", alarms.acknowledge(dataObject), { cached: false });
  },
});
const alarms = new Alarms((alarm) =>
  unlessUnheard(events.ALARM.publish(alarm, { cached: false, priority: alarm.priority })),
);

let exchangedAt = Number.POSITIVE_INFINITY;

function work(): void {
  const now = Date.now();
  const part = arm.work(now);
  if (part !== undefined) {
    unlessUnheard(events.PART_PLACED.publish({ part, at: new Date(now).toISOString() }));
    if (arm.partsPlaced % BOX_SIZE === 0) {
      arm.hold(true);
      exchangedAt = now + EXCHANGE;
      alarms.raise("box", "LOW", `The box is full: ${BOX_SIZE} parts`);
    }
  }
  if (now >= exchangedAt) {
    exchangedAt = Number.POSITIVE_INFINITY;
    arm.hold(false);
    alarms.end("box");
  }
}

endWithHost(
  gateway,
  setInterval(work, 50),
  setInterval(() => unlessUnheard(events.ARM_STATE.publish(arm.state(Date.now()))), 500),
  setInterval(() => alarms.repeat(), 3_000),
);
gateway.start(msbUrl).catch((error) => console.error(String(error)));
