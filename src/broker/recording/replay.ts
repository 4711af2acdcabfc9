import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/v4/mini";
import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import { VirtualConnection } from "./virtual-connection.ts";

const lineSchema = z.object({
  at: z.number(),
  // The console exports notes, too.
  direction: z.enum(["in", "out", "open", "close", "note"]),
  connection: z.string(),
  text: z.optional(z.string()),
});

export interface ReplayDependencies {
  readonly accept: (connection: VirtualConnection) => void;
  /** A new id for a connection. */
  readonly nextId: () => string;
  /** Ends the replay. */
  readonly signal: AbortSignal;
}

/** Plays what clients said in a recorded file; resolves with the number of messages. */
export async function replay(file: string, speed: number, dependencies: ReplayDependencies): Promise<number> {
  const connections = new Map<string, VirtualConnection>();
  const connect = (name: string) => {
    const connection = new VirtualConnection(dependencies.nextId());
    connections.set(name, connection);
    dependencies.accept(connection);
    return connection;
  };
  let said = 0;
  let first: number | undefined;
  const start = performance.now();
  for await (const { at, direction, connection: name, text } of readLines(file)) {
    first ??= at;
    const wait = speed === 0 ? 0 : (at - first) / speed - (performance.now() - start);
    if (wait > 0) {
      await pause(wait, undefined, { signal: dependencies.signal }).catch(() => {});
    }
    if (dependencies.signal.aborted) {
      break;
    }
    if (direction === "open") {
      connect(name);
    } else if (direction === "close") {
      connections.get(name)?.destroy();
      connections.delete(name);
    } else if (direction === "in" && text !== undefined) {
      // A recording that began later has no `open` of the connections that were there already.
      (connections.get(name) ?? connect(name)).say(text);
      said += 1;
    }
  }
  return said;
}

async function* readLines(file: string) {
  const input = createReadStream(file);
  let number = 0;
  try {
    for await (const line of createInterface({ input })) {
      number += 1;
      if (line.trim() !== "") {
        yield z.parse(lineSchema, JSON.parse(line));
      }
    }
  } catch (error) {
    const reason = describeError(error);
    const issue =
      number === 0
        ? { path: "", message: reason }
        : { path: `line ${number}`, message: `is not a line of a recording: ${reason}` };
    throw new MsbDefinitionError(`The recording ${file} cannot be played`, [issue], { cause: error });
  } finally {
    input.destroy();
  }
}
