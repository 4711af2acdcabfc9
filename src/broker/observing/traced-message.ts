/** A message, as it was received or sent, without framing. */
export interface TracedMessage {
  /** `in` is from the client to the broker. */
  readonly direction: "in" | "out";
  readonly connectionId: string;
  /** For example `E {"uuid":…}` or `IO_PUBLISHED`. */
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}
