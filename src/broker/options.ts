import { MsbDefinitionError, type MsbIssue } from "../errors.ts";
import { type Flow, readFlow } from "./flow.ts";
import type { LogFunction } from "./log.ts";
import type { TlsOptions } from "./transport/http-server.ts";

/** The options of `startBroker`. */
export interface BrokerOptions {
  /** The port to listen on. 0 takes any free one; `Broker.port` tells which. @default 0 */
  readonly port?: number | undefined;
  /**
   * The address to listen on. `0.0.0.0` listens on all addresses of this computer: everybody who reaches it can then
   * register services and publish events.
   * @default "127.0.0.1"
   */
  readonly host?: string | undefined;
  /** Which events become which function calls. @default [] */
  readonly flows?: readonly Flow[] | undefined;
  /** Milliseconds between two heartbeats of SockJS (`h`); 0 for none. @default 25_000 */
  readonly heartbeatInterval?: number | undefined;
  /** Milliseconds between two `ping` messages, which clients answer with `pong`; 0 for none. @default 0 */
  readonly pingInterval?: number | undefined;
  /** How many of the last events `Broker.events` keeps. @default 10_000 */
  readonly maxEvents?: number | undefined;
  /** Receives what happens, and why something was refused. @default nothing is logged */
  readonly log?: LogFunction | undefined;
  /** Serves `https` and `wss` with this certificate and key (PEM) instead of `http` and `ws`. */
  readonly tls?: TlsOptions | undefined;
}

/** The options, checked and complete. */
export interface ResolvedOptions {
  readonly port: number;
  readonly host: string;
  readonly flows: readonly Flow[];
  readonly heartbeatInterval: number;
  readonly pingInterval: number;
  readonly maxEvents: number;
  readonly log: LogFunction | undefined;
  readonly tls: TlsOptions | undefined;
}

/** The largest delay of a timer of Node.js. */
const MAX_INTERVAL = 0x7fffffff;

/** @throws {MsbDefinitionError} naming everything that is wrong. */
export function resolveOptions(options: BrokerOptions): ResolvedOptions {
  const issues: MsbIssue[] = [];
  const whole = (path: string, value: number | undefined, fallback: number, min: number, max: number) => {
    if (value === undefined) {
      return fallback;
    }
    if (!Number.isInteger(value) || value < min || value > max) {
      issues.push({ path, message: `must be a whole number from ${min} to ${max}, not ${String(value)}` });
    }
    return value;
  };
  const host = options.host ?? "127.0.0.1";
  if (typeof host !== "string" || host === "") {
    issues.push({ path: "host", message: "must be an address such as 127.0.0.1" });
  }
  if (options.log !== undefined && typeof options.log !== "function") {
    issues.push({ path: "log", message: "must be a function" });
  }
  const resolved: ResolvedOptions = {
    port: whole("port", options.port, 0, 0, 65_535),
    host,
    flows: resolveFlows(options.flows, issues),
    heartbeatInterval: whole("heartbeatInterval", options.heartbeatInterval, 25_000, 0, MAX_INTERVAL),
    pingInterval: whole("pingInterval", options.pingInterval, 0, 0, MAX_INTERVAL),
    maxEvents: whole("maxEvents", options.maxEvents, 10_000, 1, 10_000_000),
    log: options.log,
    tls: options.tls,
  };
  if (issues.length > 0) {
    throw new MsbDefinitionError("The broker's options", issues);
  }
  return resolved;
}

function resolveFlows(flows: unknown, issues: MsbIssue[]): Flow[] {
  if (flows === undefined) {
    return [];
  }
  if (!Array.isArray(flows)) {
    issues.push({ path: "flows", message: "must be a list" });
    return [];
  }
  return flows.flatMap((flow, index) => {
    try {
      return [readFlow(flow)];
    } catch (error) {
      if (!(error instanceof MsbDefinitionError)) {
        throw error;
      }
      const prefix = `flows[${index}]`;
      issues.push(
        ...error.issues.map(({ path, message }) => ({
          path: path === "" ? prefix : `${prefix}.${path}`,
          message,
        })),
      );
      return [];
    }
  });
}
