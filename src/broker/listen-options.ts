import type { MsbIssue } from "../support/errors.ts";
import type { TlsOptions } from "./transport/http-server.ts";
import type { ListenOn } from "./transport/server-control.ts";

/** Certificate and key of {@link BrokerOptions.tls}, and where they are used. */
export interface BrokerTlsOptions extends TlsOptions {
  /** The port for `https` and `wss`, or several. `port` is then for `http` and `ws`. @default none: `port` serves `https` and `wss` */
  readonly port?: number | readonly number[] | undefined;
}

interface PortOptions {
  readonly port?: number | readonly number[] | undefined;
  readonly tls?: BrokerTlsOptions | undefined;
}

/** The first is the broker's own. */
export function resolvePorts({ port = 0, tls }: PortOptions, issues: MsbIssue[]): ListenOn[] {
  const read = (path: string, value: number | readonly number[], used: TlsOptions | undefined) => {
    const ports = typeof value === "number" ? [value] : value;
    if (!Array.isArray(ports) || ports.length === 0 || !ports.every(isPort)) {
      const message = `must be a whole number from 0 to 65535, or a list of them, not ${String(value)}`;
      issues.push({ path, message });
      return [];
    }
    return ports.map((each: number) => ({ port: each, tls: used }));
  };
  const ports =
    tls?.port === undefined
      ? read("port", port, tls)
      : [...read("port", port, undefined), ...read("tls.port", tls.port, tls)];
  const twice = ports.find(
    (each, index) => each.port !== 0 && ports.findIndex((other) => other.port === each.port) < index,
  );
  if (twice !== undefined) {
    issues.push({ path: "port", message: `${twice.port} is listed twice` });
  }
  return ports;
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}
