/** How messages are wrapped: SockJS frames, or one message per text frame. */
export type Framing = "sockjs" | "raw";

/** One client's connection, whatever carries it. The only thing that the rest of the broker knows of sockets. */
export interface Connection {
  /** Unique within a broker, for example `"c7"`. */
  readonly id: string;
  readonly framing: Framing;
  /** Where the client is, for example `"127.0.0.1:50123"`. */
  readonly remoteAddress: string;
  /** False as soon as the connection cannot carry a message any more. */
  readonly open: boolean;
  /**
   * Sends messages, in order. Several at once share one SockJS frame.
   * @returns false if the connection is not open.
   */
  send(...messages: string[]): boolean;
  /** Sends the heartbeat of the framing: `h` with SockJS; nothing without. */
  heartbeat(): void;
  /** Closes in order: a close frame, and the client's answer to it. Then `onClose` has already been called. */
  close(code: number, reason: string): void;
  /** Drops the TCP connection without a close frame, as a broken network does. */
  destroy(): void;
  /**
   * Stops reading and writing for good, while the TCP connection stays open: what a network does that drops everything.
   * What is sent afterwards is lost.
   */
  freeze(): void;
  /** Whether it is frozen. */
  readonly frozen: boolean;
  /** Called for each message. Set it at once when the connection is handed out. */
  onMessage: (message: string) => void;
  /** Called once, when the connection stops being open, whoever ended it. */
  onClose: () => void;
}

/** A client's connection. */
export interface ConnectionInfo {
  /** Unique within the broker, for example `"c7"`. */
  readonly id: string;
  readonly framing: Framing;
  /** For example `"127.0.0.1:50123"`. */
  readonly remoteAddress: string;
}

/** The end of a connection. */
export interface DisconnectInfo extends ConnectionInfo {
  /** The services that were registered on it. */
  readonly uuids: readonly string[];
}

export function describeConnection({ id, framing, remoteAddress }: Connection): ConnectionInfo {
  return { id, framing, remoteAddress };
}
