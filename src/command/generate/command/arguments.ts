import { parseArgs } from "node:util";
import { quote } from "../../../support/clip.ts";
import { describeUnreadable } from "../../../support/command-line.ts";

const OPTIONS = {
  url: { type: "string" },
  uuid: { type: "string" },
  token: { type: "string" },
  user: { type: "string" },
  name: { type: "string" },
  counterpart: { type: "boolean" },
  device: { type: "boolean" },
  import: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Where the self-description is. */
export type Source =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stdin" }
  | {
      readonly kind: "service";
      readonly url: string;
      readonly uuid: string;
      /** The header that lets in, if one is needed. */
      readonly authorization: string | undefined;
    };

/** What is written: the contract, or a program of one of its ends. */
type Output = "contract" | "counterpart" | "device";

export interface GenerateCommand {
  readonly kind: "generate";
  readonly source: Source;
  readonly output: Output;
  readonly name: string | undefined;
  /** The file that the program imports the contract from; without it the program holds it. */
  readonly importFrom: string | undefined;
}

export type CliCommand =
  | GenerateCommand
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly reason: string };

export function readCommandLine(args: readonly string[]): CliCommand {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { kind: "wrong", reason: describeUnreadable(error, Object.keys(OPTIONS)) };
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    return { kind: "help" };
  }
  const reason = findMistake(values, positionals);
  if (reason !== undefined) {
    return { kind: "wrong", reason };
  }
  return {
    kind: "generate",
    source: readSource(values, positionals),
    output: values.counterpart === true ? "counterpart" : values.device === true ? "device" : "contract",
    name: values.name,
    importFrom: values.import,
  };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

type Values = ReturnType<typeof parse>["values"];

function findMistake(values: Values, positionals: readonly string[]): string | undefined {
  const { url, uuid, token, user, counterpart, device, name } = values;
  if (positionals.length > 1) {
    return `One file at a time, not ${positionals.map(quote).join(" and ")}`;
  }
  if (positionals.length > 0 && (url !== undefined || uuid !== undefined)) {
    return "Give either a file, or --url and --uuid";
  }
  if ((url === undefined) !== (uuid === undefined)) {
    return "--url and --uuid need each other";
  }
  if (url !== undefined && !isHttp(url)) {
    return `--url must be an http:// or https:// URL, such as http://127.0.0.1:8085, not ${quote(url)}`;
  }
  const mistake = url === undefined ? undefined : findUrlMistake(new URL(url));
  if (mistake !== undefined) {
    return mistake;
  }
  if (url === undefined && (token !== undefined || user !== undefined)) {
    return "--token and --user need --url";
  }
  if (token !== undefined && user !== undefined) {
    return "Give either --token or --user";
  }
  if (user !== undefined && !user.includes(":")) {
    return `--user must be NAME:PASSWORD, not ${quote(user)}`;
  }
  if (name?.trim() === "") {
    return "--name must not be empty";
  }
  if (counterpart === true && device === true) {
    return "Give either --counterpart or --device: each is a program of its own";
  }
  if (values.import !== undefined && counterpart !== true && device !== true) {
    return "--import needs --counterpart or --device";
  }
  return undefined;
}

/** Not written out: it may hold a secret. */
function findUrlMistake({ username, password, search, hash }: URL): string | undefined {
  if (username !== "" || password !== "") {
    return "--url must have no user name and password: give them as --user NAME:PASSWORD";
  }
  return search === "" && hash === ""
    ? undefined
    : "--url must have no query and no fragment; the token of a broker is given as --token SECRET";
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

function readSource({ url, uuid, token, user }: Values, [path]: readonly string[]): Source {
  if (url !== undefined && uuid !== undefined) {
    const basic = user === undefined ? undefined : `Basic ${Buffer.from(user).toString("base64")}`;
    return { kind: "service", url, uuid, authorization: token === undefined ? basic : `Bearer ${token}` };
  }
  return path === undefined || path === "-" ? { kind: "stdin" } : { kind: "file", path };
}
