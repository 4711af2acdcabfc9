import type { Connection } from "../transport/connection.ts";
import type { Sender } from "./sender.ts";

export interface KeepAliveOptions {
  /** Milliseconds; 0 for none. */
  readonly heartbeatInterval: number;
  /** Milliseconds; 0 for none. */
  readonly pingInterval: number;
}

/** Sends heartbeats and pings until the function that it returns is called. */
export function keepAlive(connection: Connection, sender: Sender, options: KeepAliveOptions): () => void {
  const timers: NodeJS.Timeout[] = [];
  if (options.heartbeatInterval > 0) {
    timers.push(setInterval(() => connection.heartbeat(), options.heartbeatInterval));
  }
  if (options.pingInterval > 0) {
    const ping = { text: "ping", info: { kind: "ping" } } as const;
    timers.push(setInterval(() => sender.send(connection, ping), options.pingInterval));
  }
  return () => {
    for (const timer of timers) {
      clearInterval(timer);
    }
  };
}
