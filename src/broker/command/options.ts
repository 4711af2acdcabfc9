import { quote } from "../../support/clip.ts";
import type { BrokerOptions } from "../index.ts";
import { type Arguments, readArguments } from "./arguments.ts";

/** The MSB's: websocket interface, and the two of the management. */
const MSB_PORTS = [8085, 8081, 8082];
const MSB_TLS_PORT = 8084;
const DEFAULT_PORT = 8085;

/** What to start. */
export interface StartCommand {
  readonly kind: "start";
  /** Those of the broker that need no file. */
  readonly broker: Omit<BrokerOptions, "tls"> & { readonly host: string };
  /** Files in PEM, and the ports for which they are; `undefined` for all. */
  readonly tls:
    | { readonly cert: string; readonly key: string; readonly ports: readonly number[] | undefined }
    | undefined;
  /** Whether the MSB's ports were asked for, and cannot be complete. */
  readonly lacksTls: boolean;
  readonly flows: string | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly speed: number;
  readonly log: "text" | "json";
  readonly verbose: boolean;
  readonly open: boolean;
}

/** What the command line asks for. */
export type CliCommand =
  | { readonly kind: "help" | "version" }
  | StartCommand
  | { readonly kind: "wrong"; readonly reason: string };

export function readCommandLine(args: readonly string[]): CliCommand {
  const values = readArguments(args);
  if (typeof values === "string") {
    return { kind: "wrong", reason: values };
  }
  if (values.help === true) {
    return { kind: "help" };
  }
  if (values.version === true) {
    return { kind: "version" };
  }
  const reason = findMistake(values);
  return reason === undefined ? toCommand(values) : { kind: "wrong", reason };
}

function toCommand(values: Arguments): StartCommand {
  const { host, token, cert, key, flows, record, replay } = values;
  const isMsb = values["msb-ports"] === true;
  const hasTls = cert !== undefined && key !== undefined;
  const ports = [...(values.port ?? []).map(Number), ...(isMsb ? MSB_PORTS : [])];
  const tlsPorts = [...(values["tls-port"] ?? []).map(Number), ...(isMsb && hasTls ? [MSB_TLS_PORT] : [])];
  const maxMessageSize = values["max-message-size"];
  return {
    kind: "start",
    broker: {
      port: ports.length === 0 ? [DEFAULT_PORT] : withoutTwins(ports),
      ...{ host, token },
      allowHosts: values["allow-host"],
      allowOrigins: values["allow-origin"],
      showTokens: values["show-tokens"],
      maxMessageSize: maxMessageSize === undefined ? undefined : Number(maxMessageSize),
    },
    tls: hasTls
      ? { cert, key, ports: tlsPorts.length === 0 ? undefined : withoutTwins(tlsPorts) }
      : undefined,
    lacksTls: isMsb && !hasTls,
    ...{ flows, record, replay },
    speed: Number(values.speed),
    log: values.log === "json" ? "json" : "text",
    verbose: values.verbose === true || values.debug === true,
    open: values.open === true,
  };
}

/** 0 is another port each time. */
function withoutTwins(ports: readonly number[]): number[] {
  return ports.filter((port, index) => port === 0 || ports.indexOf(port) === index);
}

function findMistake(values: Arguments): string | undefined {
  for (const name of ["port", "tls-port"] as const) {
    const wrong = values[name]?.find((port) => !/^\d{1,5}$/.test(port) || Number(port) > 65_535);
    if (wrong !== undefined) {
      return `--${name} must be a number from 0 to 65535, not ${quote(wrong)}`;
    }
  }
  const size = values["max-message-size"];
  if (size !== undefined && !/^\d{1,9}$/.test(size)) {
    return `--max-message-size must be a number of characters, not ${quote(size)}`;
  }
  if (!/^\d+(\.\d+)?$/.test(values.speed)) {
    return `--speed must be a number, 0 or more, not ${quote(values.speed)}`;
  }
  if (values.log !== "text" && values.log !== "json") {
    return `--log must be text or json, not ${quote(values.log)}`;
  }
  if ((values.cert === undefined) !== (values.key === undefined)) {
    return "--cert and --key need each other";
  }
  if (values["tls-port"] !== undefined && values.cert === undefined) {
    return "--tls-port needs --cert and --key";
  }
  return undefined;
}
