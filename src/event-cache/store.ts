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

/** What a store holds when it is opened. */
export interface StoreContent {
  /** In the order of their keys. */
  readonly events: readonly { readonly key: number; readonly event: StoredEvent }[];
  /** Records that cannot be read: left out of `events`, and removed. */
  readonly damaged: readonly { readonly key: string; readonly reason: string }[];
}

/** Where cached events outlive the process. The memory needs none; see `msb-client-websocket/level-store`. */
export interface EventStore {
  /** Opens it for one client alone; rejects where another one has it open. */
  open(): Promise<StoreContent>;
  /** Makes the changes in their order, all or none. Never called before the one before is done. */
  write(changes: readonly StoreChange[]): Promise<void>;
  /** Releases it; it can be opened again. */
  close(): Promise<void>;
}
