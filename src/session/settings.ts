/** The settings of a session, in one place: options and setters of the client change this object. */
export interface SessionSettings {
  sockJsFraming: boolean;
  hostnameVerification: boolean;
  autoReconnect: boolean;
  /** Milliseconds. */
  reconnectInterval: number;
  /** Milliseconds from the dial to IO_CONNECTED. */
  connectTimeout: number;
  /** Milliseconds from R to its answer, and from E to its answer. */
  ackTimeout: number;
  /** Milliseconds for the closing handshake. */
  closeTimeout: number;
  eventCache: boolean;
  /** Events that may wait. */
  eventCacheSize: number;
  /** Events that may be sent and not answered. */
  maxInFlight: number;
}
