import type { CachedEvent } from "../../core/event-cache/index.ts";
import type { MsbError } from "../../support/errors.ts";
import type { ConnectionEnd } from "../connection/connection-end.ts";
import { tooLargeForServer, undeliverable } from "./delivery-errors.ts";

/** So many connections in a row have to end with the same event alone in flight, before anything is said about it. */
export const STRIKES = 3;

/** "Message too big": the one close code that says what was wrong. RFC 6455, 7.4.1. */
export const MESSAGE_TOO_BIG = 1009;

/** "Going away", "service restart" and "try again later": the server itself has to go, whatever was sent. */
const OUTAGES: ReadonlySet<number> = new Set([1001, 1012, 1013]);

/** What the end of a connection says about the event that was alone in flight. */
export interface Blame {
  /** It is not sent again. */
  readonly rejection?: MsbError | undefined;
  /** It is sent again, but somebody should know. */
  readonly isSuspicious?: boolean | undefined;
}

/**
 * Finds the event that a server cannot take. Only one that was alone in flight can be blamed, and after a lost connection
 * events are sent alone at first. A close frame is an act of the server; a connection that merely breaks proves nothing.
 */
export class BlameCounter {
  #event: CachedEvent | undefined;
  #closes = 0;
  #breaks = 0;

  /** How often in a row a connection broke with the same event alone in flight, after the first time. */
  get repeats(): number {
    return Math.max(0, this.#breaks - 1);
  }

  /** An event was answered: the server works. */
  clear(): void {
    this.#event = undefined;
    this.#closes = 0;
    this.#breaks = 0;
  }

  /** @param alone the event that was alone in flight; `undefined` if it was none, or more than one */
  judge(alone: CachedEvent | undefined, { serverClose, error }: ConnectionEnd): Blame {
    if (alone === undefined) {
      return {};
    }
    if (alone !== this.#event) {
      this.clear();
    }
    this.#event = alone;
    if (serverClose === undefined || OUTAGES.has(serverClose.code)) {
      this.#breaks += 1;
      return { isSuspicious: this.#breaks === STRIKES };
    }
    if (serverClose.code === MESSAGE_TOO_BIG) {
      return { rejection: tooLargeForServer(alone, serverClose, error) };
    }
    this.#closes += 1;
    if (this.#closes < STRIKES) {
      return {};
    }
    return { rejection: undeliverable(alone, `${STRIKES} connections were closed by the MSB`, error) };
  }
}
