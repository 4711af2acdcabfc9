import { MsbClient } from "../src/index.ts";
import { CONVEYOR, conveyor } from "./contracts/conveyor.ts";
import { PRESS, press } from "./contracts/press.ts";
import { ROBOT, robot } from "./contracts/robot.ts";

/** A page's end: a client of the MSB, and the machines as if they were local. The page server asks it for the flows. */
export function dashboardOf(uuid: string) {
  const client = new MsbClient({
    type: "Application",
    uuid,
    name: "Plant dashboard",
    description: "Shows a press, a conveyor and a robot, and sets the speed of the press",
    token: "dashboard",
    // Every two seconds: in a plant there are few pages, the bus is near, and somebody is waiting.
    retryPolicy: () => 2_000,
  });
  return {
    client,
    press: client.counterpart(press, PRESS),
    conveyor: client.counterpart(conveyor, CONVEYOR),
    robot: client.counterpart(robot, ROBOT),
  };
}

export type Dashboard = ReturnType<typeof dashboardOf>;
