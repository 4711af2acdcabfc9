import Denque from "denque";
import type { SocketFactory } from "../../../src/index.ts";
import { isomorphicSocket } from "../../../src/index.ts";
import { isAnswer, kindOf, messagesOf, type ProxyFraming } from "../fault-proxy/frames.ts";

/** What a client's sockets have seen, counted apart from the client. */
export interface SocketMonitor {
  readonly factory: SocketFactory;
  /** How often each event was sent and not answered when its connection ended. */
  readonly undecided: ReadonlyMap<number, number>;
  readonly sockets: number;
  /** The most bytes that the client ever left waiting in a socket. */
  readonly mostBuffered: number;
  /** The most events that were in flight at a time. */
  readonly mostInFlight: number;
}

/** @param numberOf the number of the event in a frame with an E */
export function monitorSockets(framing: ProxyFraming, numberOf: (frame: string) => number): SocketMonitor {
  const undecided = new Map<number, number>();
  const counts = { sockets: 0, mostBuffered: 0, mostInFlight: 0 };
  const factory: SocketFactory = (url, listener, options) => {
    counts.sockets += 1;
    const inFlight = new Denque<number>();
    let ended = false;
    const end = (): void => {
      if (ended) {
        return;
      }
      ended = true;
      for (const number of inFlight.toArray()) {
        undecided.set(number, (undecided.get(number) ?? 0) + 1);
      }
    };
    const socket = isomorphicSocket(
      url,
      {
        ...listener,
        open: () => listener.open(),
        pong: () => listener.pong(),
        message(frame) {
          // The protocol's only rule: the first answer is for the first event.
          for (const message of messagesOf(frame, framing) ?? []) {
            if (isAnswer(message)) {
              inFlight.shift();
            }
          }
          listener.message(frame);
        },
        close(close) {
          end();
          listener.close(close);
        },
      },
      options,
    );
    return {
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
      send(frame) {
        if (kindOf(frame, framing) === "E") {
          inFlight.push(numberOf(frame));
          counts.mostInFlight = Math.max(counts.mostInFlight, inFlight.length);
        }
        socket.send(frame);
        counts.mostBuffered = Math.max(counts.mostBuffered, socket.bufferedAmount);
      },
      close: (code, reason) => socket.close(code, reason),
      ping: () => socket.ping?.(),
      terminate() {
        end();
        socket.terminate();
      },
    };
  };
  return {
    factory,
    undecided,
    get sockets() {
      return counts.sockets;
    },
    get mostBuffered() {
      return counts.mostBuffered;
    },
    get mostInFlight() {
      return counts.mostInFlight;
    },
  };
}
