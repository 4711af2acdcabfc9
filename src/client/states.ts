import type { SessionState } from "../session/index.ts";
import type { OrderedEmitter } from "../support/emitter.ts";
import { ignore } from "../support/ignore.ts";
import type { MsbClientEvents } from "./client-core.ts";
import { ValueStream } from "./counterpart/value-stream.ts";

/** States that wait for a reader that is slow; the newest are kept. */
const BUFFER_SIZE = 100;

/** How long `states()` goes on. */
export interface StatesOptions {
  /** Ends the states, without an error. */
  signal?: AbortSignal;
}

/** The state of a client now, and every one that follows. */
export function streamStates(
  present: SessionState,
  emitter: OrderedEmitter<MsbClientEvents>,
  signal: AbortSignal | undefined,
): ValueStream<SessionState> {
  let last = present;
  const stop = emitter.on("stateChange", ({ state }) => {
    // Whoever asks in a listener may be told of the present state once more.
    if (state !== last) {
      last = state;
      stream.push(state);
    }
  });
  const end = (): void => void stream.return();
  const stream = new ValueStream<SessionState>({
    bufferSize: BUFFER_SIZE,
    onDrop: ignore,
    onEnd: () => {
      stop();
      signal?.removeEventListener("abort", end);
    },
  });
  stream.push(present);
  signal?.addEventListener("abort", end);
  if (signal?.aborted === true) {
    end();
  }
  return stream;
}
