// The parameter of the press, set and read by the MSB, as its management does.
import type { Broker, RegisteredService } from "../../src/broker/index.ts";
import { PRESS } from "../contracts/press.ts";

/** Degrees Celsius. */
const LOWEST = 20;
const HIGHEST = 120;
/** Milliseconds that the press has to say that it has taken it. */
const PATIENCE = 4_000;

/** What the press has registered. */
export function configuredLimit({ selfDescription }: RegisteredService): number | undefined {
  const value = selfDescription.configuration?.parameters?.["temperatureLimit"]?.value;
  return typeof value === "number" ? value : undefined;
}

/** Resolves when the press has registered with it. @throws {Error} (rejects) with words for the person who asked. */
export async function setTemperatureLimit(broker: Broker, value: unknown): Promise<void> {
  if (typeof value !== "number" || !(value >= LOWEST && value <= HIGHEST)) {
    throw new Error(`The limit must be a number from ${LOWEST} to ${HIGHEST} °C.`);
  }
  const now = broker.services.get(PRESS.uuid);
  if (now === undefined) {
    throw new Error("The press is not connected. Its limit can be set when it is back.");
  }
  if (configuredLimit(now) === value) {
    return;
  }
  broker.configure(PRESS.uuid, { temperatureLimit: value });
  const deadline = performance.now() + PATIENCE;
  try {
    let taken: number | undefined;
    // A press that comes back meanwhile registers with the limit that it had before.
    while (taken !== value) {
      const timeout = Math.max(1, deadline - performance.now());
      taken = configuredLimit(await broker.waitForRegistration(PRESS.uuid, { next: true, timeout }));
    }
  } catch {
    throw new Error(`The press has not answered within ${PATIENCE / 1_000} s. It may take the limit later.`);
  }
}
