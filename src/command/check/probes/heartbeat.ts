import { type Framing, rawFraming, sockJsFraming } from "../../../core/codec/index.ts";
import { within } from "../connection/wait.ts";
import type { CheckContext } from "../context.ts";
import { type Finding, failed, note, ok } from "../finding.ts";
import { needsConnection, type Probe } from "../probe.ts";

/** Milliseconds that a heartbeat is waited for: Spring's comes every 25 s. */
const PATIENCE = 30_000;

/** How often the server's heart beats. It runs beside the other probes. */
export const heartbeat: Probe = {
  title: "Heartbeat",
  missing: needsConnection,
  answers: 2,
  async *run(context) {
    const waits = context.facts.framings.map((framing) => {
      const name = framing === sockJsFraming ? "SockJS framing" : "raw framing";
      // One that cannot be dialled takes nothing from the other.
      return wait(context, name, framing).catch((error: unknown) => failed(name, error));
    });
    yield* await Promise.all(waits);
  },
};

/** A connection that does nothing: how long after IO_CONNECTED something comes by itself. */
async function wait(context: CheckContext, name: string, framing: Framing): Promise<Finding> {
  const wire = await context.wire({ framing });
  const start = performance.now();
  const beat = new Promise<"h" | "ping">((resolve) => {
    wire.onHeartbeat = resolve;
  });
  const ended = new Promise<undefined>((resolve) => {
    wire.onEnd = () => resolve(undefined);
  });
  try {
    const kind = await within(PATIENCE, Promise.race([beat, ended]));
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    const frames = wire.transcript.records;
    if (kind !== undefined) {
      return ok(name, `${kind} after ${seconds} s`, { frames });
    }
    if (wire.closed !== undefined) {
      return note(
        name,
        `a connection that does nothing is closed after ${seconds} s: ${wire.describeSilence()}`,
        {
          remedy: "Set keepAlive: true, and keepAliveInterval to less than that.",
          frames,
        },
      );
    }
    const found = `none in ${PATIENCE / 1_000} s`;
    return framing === rawFraming
      ? ok(name, `${found}, as with Spring: in Node.js the client sends pings of its own`, { frames })
      : note(name, `${found}: the client does not notice that the MSB has gone`, {
          remedy: "Set keepAlive: true (Node.js).",
          frames,
        });
  } finally {
    await wire.close();
  }
}
