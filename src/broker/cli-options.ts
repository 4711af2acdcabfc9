import { parseArgs } from "node:util";
import { describeError } from "../errors.ts";

export const USAGE = `Usage: msb-broker [options]        (or: npx msb-client-websocket broker [options])

Starts a development broker: a stand-in for the MSB on this computer.

Options:
  --port NUMBER    port to listen on, 0 for any free one   (default 8085)
  --host ADDRESS   address to listen on                    (default 127.0.0.1: this computer only)
  --token SECRET   what HTTP requests must bring; made up and printed where others can reach the broker
  --cert FILE      certificate (PEM): serves https and wss; with --key
  --key FILE       private key of the certificate (PEM)
  --flows FILE     flows (JSON), taken again whenever the file changes
  --record FILE    write every message into a file of JSON lines
  --replay FILE    let virtual services say what clients said in a recorded file
  --speed NUMBER   how many times faster than recorded, 0 for without pauses   (default 1)
  --log FORMAT     text for people, json for programs      (default text)
  --debug          show unknown messages, too
  --version        print the version
  --help           print this text

Stop it with Ctrl+C.`;

/** What to start. */
export interface StartCommand {
  readonly kind: "start";
  readonly port: number;
  readonly host: string;
  readonly token: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly flows: string | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly speed: number;
  readonly log: "text" | "json";
  readonly debug: boolean;
}

/** What the command line asks for. */
export type CliCommand =
  | { readonly kind: "help" | "version" }
  | StartCommand
  | { readonly kind: "wrong"; readonly reason: string };

export function readCommandLine(args: readonly string[]): CliCommand {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return { kind: "wrong", reason: describeError(error) };
  }
  if (values.help === true) {
    return { kind: "help" };
  }
  if (values.version === true) {
    return { kind: "version" };
  }
  const reason = findMistake(values);
  if (reason !== undefined) {
    return { kind: "wrong", reason };
  }
  const { host, token, cert, key, flows, record, replay } = values;
  return {
    kind: "start",
    port: Number(values.port),
    ...{ host, token, cert, key, flows, record, replay },
    speed: Number(values.speed),
    log: values.log === "json" ? "json" : "text",
    debug: values.debug === true,
  };
}

function findMistake(values: ReturnType<typeof parse>): string | undefined {
  const quote = (text: string) => JSON.stringify(text);
  if (!/^\d{1,5}$/.test(values.port)) {
    return `--port must be a number from 0 to 65535, not ${quote(values.port)}`;
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
  return undefined;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "8085" },
      host: { type: "string", default: "127.0.0.1" },
      token: { type: "string" },
      cert: { type: "string" },
      key: { type: "string" },
      flows: { type: "string" },
      record: { type: "string" },
      replay: { type: "string" },
      speed: { type: "string", default: "1" },
      log: { type: "string", default: "text" },
      debug: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
  }).values;
}
