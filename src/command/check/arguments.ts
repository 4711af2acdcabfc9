import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkTls } from "../../session/tls-check.ts";
import type { TlsOptions } from "../../socket/index.ts";
import { quote } from "../../support/clip.ts";
import { describeUnreadable } from "../../support/command-line.ts";
import { describeError, type MsbIssue } from "../../support/errors.ts";
import { readTarget, type Target } from "./target.ts";

const OPTIONS = {
  token: { type: "string" },
  ca: { type: "string" },
  cert: { type: "string" },
  key: { type: "string" },
  insecure: { type: "boolean" },
  origin: { type: "string", multiple: true },
  sizes: { type: "boolean" },
  quick: { type: "boolean" },
  timeout: { type: "string", default: "5" },
  json: { type: "boolean" },
  version: { type: "boolean", short: "v" },
  help: { type: "boolean", short: "h" },
} as const;

const LEAST_SECONDS = 0.1;

/** What the command line asks for. */
export type CheckCommand =
  | { readonly kind: "help" | "version" }
  | { readonly kind: "wrong"; readonly reason: string }
  | {
      readonly kind: "check";
      readonly target: Target;
      readonly token: string | undefined;
      readonly origins: readonly string[];
      readonly sizes: boolean;
      readonly quick: boolean;
      readonly json: boolean;
    };

type Values = ReturnType<typeof parse>["values"];

export function readCommandLine(args: readonly string[]): CheckCommand {
  try {
    const { values, positionals } = parse(args);
    if (values.help === true || values.version === true) {
      return { kind: values.help === true ? "help" : "version" };
    }
    return toCommand(values, positionals);
  } catch (error) {
    return wrong(describeUnreadable(error, Object.keys(OPTIONS)));
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

function toCommand(values: Values, [url, ...others]: readonly string[]): CheckCommand {
  const { token, sizes = false, quick = false, json = false } = values;
  if (url === undefined) {
    return wrong("The URL of the MSB is missing, such as http://127.0.0.1:8085");
  }
  if (others.length > 0) {
    return wrong(`One URL at a time: ${quote(others.join(" "))} is too much`);
  }
  if (hasCredentials(url)) {
    return wrong("The URL must have no user name and password: an MSB does not take them");
  }
  if (token === "") {
    return wrong("--token must not be empty");
  }
  if (!/^\d{1,3}(\.\d+)?$/.test(values.timeout) || Number(values.timeout) < LEAST_SECONDS) {
    return wrong(`--timeout must be seconds, from ${LEAST_SECONDS} to 999, not ${quote(values.timeout)}`);
  }
  const origins = values.origin ?? [];
  const mistake = findOriginMistake(origins) ?? findTlsMistake(values);
  if (mistake !== undefined) {
    return wrong(mistake);
  }
  try {
    const target = readTarget(url, {
      tls: readTls(values),
      answerTime: Number(values.timeout) * 1_000,
    });
    return { kind: "check", target, token, origins, sizes, quick, json };
  } catch (error) {
    return wrong(describeError(error));
  }
}

function wrong(reason: string): CheckCommand {
  return { kind: "wrong", reason };
}

/** Not written out: it may be a secret. */
function hasCredentials(url: string): boolean {
  return /^[^/]*\/\/[^/]*@/.test(url);
}

function findOriginMistake(origins: readonly string[]): string | undefined {
  const mistaken = origins.find((origin) => origin !== "null" && !isOrigin(origin));
  return mistaken === undefined
    ? undefined
    : `--origin must be scheme, host and port of a page, such as https://app.example, not ${quote(mistaken)}`;
}

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}

function findTlsMistake({ cert, key }: Values): string | undefined {
  return (cert === undefined) !== (key === undefined) ? "--cert and --key need each other" : undefined;
}

/** @throws {Error} if a file cannot be read, or is not PEM. */
function readTls({ ca, cert, key, insecure }: Values): TlsOptions | undefined {
  const tls: TlsOptions = {
    ...(ca === undefined ? {} : { ca: readPem("--ca", ca) }),
    ...(cert === undefined ? {} : { cert: readPem("--cert", cert) }),
    ...(key === undefined ? {} : { key: readPem("--key", key) }),
    ...(insecure === true ? { rejectUnauthorized: false } : {}),
  };
  return Object.keys(tls).length === 0 ? undefined : tls;
}

function readPem(option: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${option} ${quote(file)} cannot be read (${code}). Give the path of a file in PEM`);
  }
  const issues: MsbIssue[] = [];
  checkTls({ ca: text }, "tls", issues);
  if (issues.length > 0) {
    throw new Error(`${option} ${quote(file)} is not PEM: a file with -----BEGIN … in it`);
  }
  return text;
}
