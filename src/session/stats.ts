/** What a client has done since it was made, and its state. */
export interface ClientStats {
  /** Events that `publish()` took, over all connections: those that it refused at once are not among them. */
  readonly published: number;
  /** Events that the MSB accepted; those out of the store of an earlier process, too. */
  readonly acknowledged: number;
  /** Events that the MSB refused. */
  readonly refused: number;
  /** Events that were dropped for newer ones because too many waited. */
  readonly dropped: number;
  /** Events that wait to be sent now, the first time or again. */
  readonly cached: number;
  /** Events that were sent and are not answered now. */
  readonly inFlight: number;
  /** Events that the store holds now. */
  readonly stored: number;
  /** How often a lost connection was made again. */
  readonly reconnects: number;
  /** Bytes of UTF-8 in the frames that were sent and received since `stats()` was called for the first time. */
  readonly bytes: { readonly sent: number; readonly received: number };
  /**
   * Milliseconds from sending an event to its answer: the last one that was measured, and smoothed over the last ones. One event at
   * a time is measured, from the first call of `stats()` on; `undefined` before the first answer.
   */
  readonly roundTrip: { readonly last: number | undefined; readonly smoothed: number | undefined };
}
