/** What the broker has counted since it started; numbers only grow. */
export interface BrokerCounters {
  /** Messages from and to clients, of all kinds. */
  messagesIn: number;
  messagesOut: number;
  connections: number;
  registrations: number;
  registrationsRefused: number;
  eventsAccepted: number;
  eventsRefused: number;
  /** Calls that were sent, by flows and by `call`. */
  callsSent: number;
  /** Calls that had to wait for a service that was offline. */
  callsQueued: number;
  /** Calls that were dropped because too many waited, or their flow was removed. */
  callsDropped: number;
}

export function createCounters(): BrokerCounters {
  return {
    messagesIn: 0,
    messagesOut: 0,
    connections: 0,
    registrations: 0,
    registrationsRefused: 0,
    eventsAccepted: 0,
    eventsRefused: 0,
    callsSent: 0,
    callsQueued: 0,
    callsDropped: 0,
  };
}
