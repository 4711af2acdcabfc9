// How a machine lives and ends: as long as the program that started it, and in order.
import type { MsbClient } from "../../src/index.ts";

/** Milliseconds between two attempts to reach the broker: people look on while it comes back. The MSB's usual pause is ten seconds. */
const PAUSE = 1_000;

/** Options of the client of a machine. */
export const PATIENCE = {
  retryPolicy: (): number => PAUSE,
  // An answer that does not come tells a dead connection, which this shows in seconds.
  ackTimeout: 5_000,
  connectTimeout: 5_000,
  closeTimeout: 1_000,
  // Outages are made on purpose here, and seen on the dashboard.
  logLevel: "error",
} as const;

/** Ends the machine when the channel to the program that started it closes, or by SIGTERM. One that was started alone has no channel. */
export function endWithHost(client: MsbClient, ...timers: NodeJS.Timeout[]): void {
  const end = async (): Promise<void> => {
    for (const timer of timers) {
      clearInterval(timer);
    }
    await client.disconnect();
    process.exit();
  };
  if (process.connected === false) {
    // It closed while this one was being loaded.
    void end();
    return;
  }
  process.once("disconnect", () => void end());
  process.once("SIGTERM", () => void end());
  // A terminal sends Ctrl+C, or its end, to all of them; the program that started it ends them in its order.
  process.on("SIGINT", () => {});
  process.on("SIGHUP", () => {});
}

/** For what is worth telling now or never. */
export function unlessUnheard(published: Promise<unknown>): void {
  published.catch(() => {});
}
