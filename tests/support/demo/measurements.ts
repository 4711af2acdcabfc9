import { randomUUID } from "node:crypto";
import type { Measurement } from "../../../demo/contracts/press.ts";
import { dashboardOf } from "../../../demo/dashboard.ts";
import type { AnyContract, Counterpart, EventValueOf } from "../../../src/index.ts";

/** A dashboard that keeps what the press measures, without what it has got already. */
export async function collectMeasurements(msbUrl: string) {
  const dashboard = dashboardOf(randomUUID());
  const { client, press } = dashboard;
  client.set({ retryPolicy: () => 500, logLevel: "error" });
  const byNumber = new Map<number, Measurement>();
  /** What came twice with a number, and was not the same. */
  const contradictions: Measurement[] = [];
  press.on("MEASURED", (measurement) => {
    const known = byNumber.get(measurement.number);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(measurement)) {
      contradictions.push(measurement);
    }
    byNumber.set(measurement.number, measurement);
  });
  await client.start(msbUrl);
  return {
    ...dashboard,
    byNumber,
    contradictions,
    /** Numbers between the first and the last that have not come. */
    missing(): number[] {
      const numbers = [...byNumber.keys()];
      const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
      const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      return all.filter((number) => !byNumber.has(number));
    },
    [Symbol.asyncDispose]: () => client.disconnect(),
  };
}

/** The next value of an event of a machine. */
export function next<C extends AnyContract, Id extends keyof C["events"] & string>(
  machine: Counterpart<C>,
  eventId: Id,
): Promise<EventValueOf<C, Id>> {
  return new Promise((resolve) => {
    const stop = machine.on(eventId, (value) => {
      stop();
      resolve(value);
    });
  });
}
