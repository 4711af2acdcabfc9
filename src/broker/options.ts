import { MsbDefinitionError, type MsbIssue } from "../support/errors.ts";
import { resolveHosts, resolveOrigins } from "./access-options.ts";
import { compileFlow, type Flow } from "./flows/flow.ts";
import { type BrokerTlsOptions, resolvePorts } from "./listen-options.ts";
import type { LogFunction } from "./observing/log.ts";
import { MAX_TIMER } from "./support/limits.ts";
import { isLoopback } from "./transport/client-url.ts";
import type { ListenOn } from "./transport/server-control.ts";

/** The options of `startBroker`. */
export interface BrokerOptions {
  /**
   * The port to listen on, or several. Each port serves everything. 0 takes any free one; `Broker.port` and `Broker.urls` say
   * which. @default 0
   */
  readonly port?: number | readonly number[] | undefined;
  /**
   * The address to listen on. `0.0.0.0` listens on all addresses of this computer: anyone who reaches it can then
   * register services and publish events. Any address but `localhost`, `127.…` and `::1` needs a `token`.
   * @default "127.0.0.1"
   */
  readonly host?: string | undefined;
  /**
   * Further host names under which clients may reach the broker, such as that of a proxy. Needed only if it listens on
   * `localhost`, `127.…` or `::1`. @default []
   */
  readonly allowHosts?: readonly string[] | undefined;
  /**
   * Origins of web pages that may use the broker, such as `https://app.example`. `*` lets in every page that is open in a
   * browser on this computer. Pages of `localhost` may always open websockets. @default []
   */
  readonly allowOrigins?: readonly string[] | undefined;
  /**
   * A secret of 8 characters or more that every HTTP request must send: as `Authorization: Bearer …`, as the password of
   * `Authorization: Basic …`, or as `?token=…`. Websockets do not need it.
   * @default none, which is possible only on this computer's own addresses
   */
  readonly token?: string | undefined;
  /** Show the tokens of services in traces and recordings. Otherwise they are replaced by `•••`. @default false */
  readonly showTokens?: boolean | undefined;
  /** The flows that run from the start: which events become which function calls. @default [] */
  readonly flows?: readonly Flow[] | undefined;
  /** Milliseconds between two SockJS heartbeats (`h`); 0 for none. @default 25_000 */
  readonly heartbeatInterval?: number | undefined;
  /** Milliseconds between two `ping` messages, which clients answer with `pong`; 0 for none. @default 0 */
  readonly pingInterval?: number | undefined;
  /** How many of the last events `Broker.events` keeps. @default 10_000 */
  readonly maxEvents?: number | undefined;
  /** How many of the last messages the trace keeps. @default 1_000 */
  readonly maxTrace?: number | undefined;
  /** How many clients can be connected at once. Further ones are cut off. @default 10_000 */
  readonly maxConnections?: number | undefined;
  /**
   * The largest message (with SockJS, the largest frame) that a client may send, in characters. A larger one ends its connection
   * with the code 1009. The limit of the MSB is not known; Spring's default is 8,192. @default 1_000_000
   */
  readonly maxMessageSize?: number | undefined;
  /** Receives every entry of the log: what happens, and why something was refused. @default nothing is logged */
  readonly log?: LogFunction | undefined;
  /**
   * Certificate and key (PEM) for `https` and `wss`. They replace `http` and `ws` on every port, or stand beside them if
   * `tls.port` is given. @default none: `http` and `ws`
   */
  readonly tls?: BrokerTlsOptions | undefined;
}

/** The options, checked and complete. */
export interface ResolvedOptions {
  /** At least one. */
  readonly ports: readonly ListenOn[];
  readonly host: string;
  readonly allowHosts: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly token: string | undefined;
  readonly showTokens: boolean;
  readonly flows: readonly Flow[];
  readonly heartbeatInterval: number;
  readonly pingInterval: number;
  readonly maxEvents: number;
  readonly maxTrace: number;
  readonly maxConnections: number;
  readonly maxMessageSize: number;
  readonly log: LogFunction | undefined;
}

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
  } else {
    checkToken(options.token, host, issues);
  }
  if (options.log !== undefined && typeof options.log !== "function") {
    issues.push({ path: "log", message: "must be a function" });
  }
  const resolved: ResolvedOptions = {
    ports: resolvePorts(options, issues),
    host,
    allowHosts: resolveHosts(options.allowHosts, issues),
    allowOrigins: resolveOrigins(options.allowOrigins, issues),
    token: options.token,
    showTokens: options.showTokens === true,
    flows: resolveFlows(options.flows, issues),
    heartbeatInterval: whole("heartbeatInterval", options.heartbeatInterval, 25_000, 0, MAX_TIMER),
    pingInterval: whole("pingInterval", options.pingInterval, 0, 0, MAX_TIMER),
    maxEvents: whole("maxEvents", options.maxEvents, 10_000, 1, 10_000_000),
    maxTrace: whole("maxTrace", options.maxTrace, 1_000, 1, 1_000_000),
    maxConnections: whole("maxConnections", options.maxConnections, 10_000, 1, 1_000_000),
    maxMessageSize: whole("maxMessageSize", options.maxMessageSize, 1_000_000, 1_000, 100_000_000),
    log: options.log,
  };
  if (issues.length > 0) {
    throw new MsbDefinitionError("The broker's options", issues);
  }
  return resolved;
}

function checkToken(token: unknown, host: string, issues: MsbIssue[]): void {
  if (token === undefined && !isLoopback(host)) {
    const message = `is needed on ${host}, because others can reach it; choose a secret, or listen on 127.0.0.1`;
    issues.push({ path: "token", message });
  }
  if (token !== undefined && !(typeof token === "string" && token.length >= 8)) {
    issues.push({ path: "token", message: "must be a string of 8 characters or more" });
  }
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
      return [compileFlow(flow).flow];
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
