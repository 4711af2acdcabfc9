import type { MsbError } from "../../support/errors.ts";
import type { EncodedMessage } from "../codec/index.ts";
import type { Linked } from "./linked-list.ts";

/** How an event is to be kept. */
export interface EventTerms {
  /** {@link CachedEvent.cached} */
  readonly cached: boolean;
  /** {@link CachedEvent.isGuarded} */
  readonly isGuarded: boolean;
  /** {@link CachedEvent.signal} */
  readonly signal?: AbortSignal | undefined;
  /** {@link CachedEvent.isCall} */
  readonly isCall?: boolean;
}

/**
 * An event on its way from `publish()`, or from a store, to its settlement. One object is all there is of it: what is sent, where
 * it stands, and (in a subclass) who hears what becomes of it.
 */
export abstract class CachedEvent implements Linked<WaitingItem> {
  /** Whether it waits out a missing connection, and is sent again after a broken one. */
  readonly cached: boolean;
  /** Never dropped: its publisher waits only until it is stored, or it came out of a store. */
  readonly isGuarded: boolean;
  /** Takes it back while it waits. */
  readonly signal: AbortSignal | undefined;
  /** Somebody waits for what it causes, and its signal says until when: not stored, and not sent again after that. */
  readonly isCall: boolean;
  place: "new" | "waiting" | "in flight" | "gone" = "new";
  /** Its place among all events of the cache, from its publishing on. */
  order = 0;
  /** How often it was sent. If it was, it may have arrived. */
  sends = 0;
  /** Its key in the store. */
  key: number | undefined = undefined;
  /** It outlives the process, and its publisher may know that. */
  isStored = false;
  /** The store did not take it, although its publisher waits for that. */
  notStored = false;
  previous: WaitingItem | undefined = undefined;
  next: WaitingItem | undefined = undefined;

  constructor({ cached, isGuarded, signal, isCall = false }: EventTerms) {
    this.cached = cached;
    this.isGuarded = isGuarded;
    this.signal = signal;
    this.isCall = isCall;
  }

  /** What it is among the items that wait. */
  get kind(): "event" {
    return "event";
  }

  abstract readonly eventId: string;

  /** The `E` message. */
  abstract readonly encoded: EncodedMessage;

  get message(): string {
    return this.encoded.message;
  }

  /** The MSB has accepted it. */
  abstract resolve(): void;

  /** It was not delivered, or nobody can say whether it was. */
  abstract reject(error: MsbError): void;

  /** It outlives the process from now on. */
  abstract onStored(): void;
}

/** Events that wait in the store alone: the memory knows their keys, from the first to the last. */
export interface StoredRange extends Linked<WaitingItem> {
  readonly kind: "range";
  readonly order: number;
  first: number;
  last: number;
}

export type WaitingItem = CachedEvent | StoredRange;
