// A dashboard in a page: it uses a machine by its contract, and deploys the flows that it needs.
import { type CallResult, type LastValue, MsbClient } from "../../../src/index.ts";
import { press } from "../../support/client/press.ts";

export interface CounterpartPage {
  /** How many flows were created. */
  readonly deployed: number;
  /** The temperatures that its listener heard. */
  readonly heard: readonly number[];
  setSpeed(speed: number): Promise<number>;
  stop(): Promise<CallResult<typeof press, "STOP">>;
  /** The next values of the event. */
  next(count: number): Promise<readonly number[]>;
  lastSpeed(): LastValue<number> | undefined;
}

declare global {
  interface Window {
    dashboard: Promise<CounterpartPage>;
  }
}

window.dashboard = start();

async function start(): Promise<CounterpartPage> {
  const parameters = new URLSearchParams(location.search);
  const msb = parameters.get("msb") ?? "";
  const client = new MsbClient({
    type: "Application",
    uuid: parameters.get("uuid") ?? "",
    name: "Dashboard",
    description: "A page in a browser",
    token: "t0ken",
    sockJsFraming: parameters.get("framing") === "sockjs",
    retryPolicy: () => 50,
  });
  const machine = client.counterpart(press, { uuid: parameters.get("machine") ?? "" });
  const heard: number[] = [];
  machine.on("MEASURED", ({ celsius }) => heard.push(celsius));
  await client.start(msb);
  const flows = await machine.deployFlows(msb);
  return {
    deployed: flows.filter(({ status }) => status === "created").length,
    heard,
    setSpeed: (speed) => machine.call("SET_SPEED", speed),
    stop: () => machine.call("STOP"),
    async next(count) {
      const values: number[] = [];
      for await (const value of machine.events("SPEED_CHANGED")) {
        values.push(value);
        if (values.length === count) {
          break;
        }
      }
      return values;
    },
    lastSpeed: () => machine.lastValue("SPEED_CHANGED"),
  };
}
