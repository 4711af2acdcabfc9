import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { MsbError, reasonOf } from "../../support/errors.ts";
import type { Listeners } from "../observing/listeners.ts";
import type { LogFunction } from "../observing/log.ts";
import type { Mask } from "../services/mask-tokens.ts";

/** One line of a recorded file. */
interface RecordedLine {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** `in` is from a client to the broker; `open` and `close` are the two ends of a connection. */
  readonly direction: "in" | "out" | "open" | "close";
  readonly connection: string;
  /** The message, without framing; not there for `open` and `close`. */
  readonly text?: string | undefined;
}

/** If the disk is slower than the messages, so much waits in memory; more is left out, and said. */
const MAX_WAITING_BYTES = 64_000_000;

export interface RecordDependencies {
  readonly listeners: Listeners;
  readonly log: LogFunction;
  /** Is applied to what clients send. */
  readonly mask: Mask;
}

/** Writes every message into a file; the function that it resolves with ends it, and resolves with their number. */
export async function record(
  file: string,
  { listeners, log, mask }: RecordDependencies,
): Promise<() => Promise<number>> {
  const stream = createWriteStream(file);
  try {
    await once(stream, "open");
  } catch (error) {
    throw new MsbError("INVALID_DEFINITION", `Cannot record into ${file}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  let recorded = 0;
  let leftOut = 0;
  stream.on("error", (error) => {
    log({ level: "error", message: `Recording into ${file} failed: ${error.message}` });
    stop();
  });
  const write = (line: RecordedLine) => {
    if (stream.writableLength > MAX_WAITING_BYTES) {
      leftOut += 1;
    } else {
      stream.write(`${JSON.stringify(line)}\n`);
      if (line.text !== undefined) {
        recorded += 1;
      }
    }
  };
  const stopListening = [
    listeners.on("message", ({ at, direction, connectionId, text }) =>
      write({ at, direction, connection: connectionId, text: direction === "in" ? mask(text) : text }),
    ),
    listeners.on("connection", ({ id }) => write({ at: Date.now(), direction: "open", connection: id })),
    listeners.on("disconnect", ({ id }) => write({ at: Date.now(), direction: "close", connection: id })),
  ];
  const stop = () => {
    for (const off of stopListening) {
      off();
    }
  };
  let ended: Promise<number> | undefined;
  const end = async () => {
    stop();
    stream.end();
    await finished(stream).catch(() => {});
    if (leftOut > 0) {
      log({
        level: "warn",
        message: `${leftOut} messages are missing in ${file}: the disk was too slow`,
      });
    }
    return recorded;
  };
  return () => {
    ended ??= end();
    return ended;
  };
}
