/** An event as it is stored: all that is needed to send it. */
export interface StoredEvent {
  readonly eventId: string;
  /** The `E` message. */
  readonly message: string;
}

/** One change of a store. Keys are whole numbers that grow with every event. */
export type StoreChange =
  | { readonly type: "put"; readonly key: number; readonly event: StoredEvent }
  | { readonly type: "delete"; readonly key: number };

/** The lowest and the highest key that a store holds. */
export interface StoreKeys {
  readonly first: number;
  readonly last: number;
}

/** A piece of what a store holds. */
export interface StorePage {
  /** In the order of their keys. */
  readonly events: readonly { readonly key: number; readonly event: StoredEvent }[];
  /** What cannot be read, or is missing although nobody removed it: left out of `events`, and told only once. */
  readonly damaged: readonly { readonly key: string; readonly reason: string }[];
  /** Everything up to this key was read; `to` if nothing more is left. */
  readonly end: number;
}

/**
 * Where cached events outlive the process. The memory needs none; see `msb-client-websocket/level-store`.
 * @example
 * const store: EventStore = levelStore("./events"); // or an object of your own with the same four methods
 * const client = new MsbClient({ ...identity, store, cached: true });
 */
export interface EventStore {
  /**
   * Opens it for one client alone; rejects if another one has it open. It reads no events.
   * @returns which keys it holds; `undefined` if it is empty
   */
  open(): Promise<StoreKeys | undefined>;
  /**
   * Reads the events whose keys are not below `from` and not above `to`: the oldest of them, at most `limit`, and fewer if
   * they are large.
   */
  read(from: number, to: number, limit: number): Promise<StorePage>;
  /** Makes the changes in their order, all or none. Never called before the one before is done. */
  write(changes: readonly StoreChange[]): Promise<void>;
  /** Releases it; it can be opened again. */
  close(): Promise<void>;
}
