import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below those that a system gives to whoever asks for any: other tests do, all the time. */
const PORTS = { first: 20_000, count: 10_000 };

/** A port that is free, and that nobody gets by chance until it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + randomInt(PORTS.count);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, () => resolve(true));
    });
    if (isFree) {
      await new Promise((resolve) => server.close(resolve));
      return port;
    }
  }
}
