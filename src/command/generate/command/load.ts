import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { clip, quote } from "../../../support/clip.ts";
import { MsbConnectionError, MsbDefinitionError, MsbError, reasonOf } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import type { Source } from "./arguments.ts";

/** Milliseconds that a server has to answer. */
const PATIENCE = 10_000;

/**
 * Reads the JSON of a self-description.
 * @throws {MsbDefinitionError} if there is none
 * @throws {MsbError} if the server cannot be reached, or does not know the service
 */
export async function loadSelfDescription(source: Source, stdin: NodeJS.ReadableStream): Promise<unknown> {
  switch (source.kind) {
    case "file":
      return parseJson(await readText(source.path), quote(source.path));
    case "stdin":
      return parseJson(await text(stdin), "The standard input");
    case "service":
      return requestService(source);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new MsbDefinitionError(quote(path), [
      { path: "", message: `${describeProblem(error)}. Give the path of a JSON file` },
    ]);
  }
}

function describeProblem(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EISDIR":
      return "that is a directory";
    case "EACCES":
    case "EPERM":
      return "this user may not open it";
    default:
      return reasonOf(error);
  }
}

/** An R message, or its JSON alone. */
function parseJson(whole: string, subject: string): unknown {
  // In front of a file there may be a byte order mark.
  const start = /^\ufeff?(R\s*)?/.exec(whole)?.[0].length ?? 0;
  const json = whole.slice(start);
  try {
    return JSON.parse(json);
  } catch {
    throw new MsbDefinitionError(subject, [{ path: "", message: describeMistake(json) }]);
  }
}

/** `JSON.parse` does not always say where. */
function describeMistake(json: string): string {
  const errors: ParseError[] = [];
  parse(json, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  if (first === undefined || json.trim() === "") {
    return "is not valid JSON: it is empty";
  }
  const before = json.slice(0, first.offset).split("\n");
  // Such as PropertyNameExpected.
  const problem = printParseErrorCode(first.error).replace(
    /(?!^)[A-Z]/g,
    (letter) => ` ${letter.toLowerCase()}`,
  );
  return `is not valid JSON: ${problem} in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

async function requestService({ url, uuid, authorization }: Source & { kind: "service" }): Promise<unknown> {
  const address = `${url.replace(/\/+$/, "")}/service/${encodeURIComponent(uuid)}`;
  let response: Response;
  let body: string;
  try {
    response = await fetch(address, {
      headers: { accept: "application/json", ...(authorization !== undefined && { authorization }) },
      signal: AbortSignal.timeout(PATIENCE),
    });
    body = await response.text();
  } catch (error) {
    const cause = (error as Error).cause;
    const reason = reasonOf(cause === undefined ? error : cause);
    throw new MsbConnectionError("CONNECT_FAILED", `${address} cannot be reached: ${reason}.`, {
      cause: error,
      remedy: "Is the MSB running, and is this the URL of its management?",
    });
  }
  if (response.status === 401 || response.status === 403) {
    throw new MsbError("REFUSED", `${address} needs the right credentials.`, {
      remedy: "Give --token SECRET, or --user NAME:PASSWORD.",
    });
  }
  const service = parseAnswer(body);
  if (service === undefined) {
    throw new MsbError(
      "BAD_MESSAGE",
      `${address} was answered with ${response.status}, and not with JSON: ${clip(body)}`,
      {
        remedy: "Is this the URL of the management of an MSB?",
      },
    );
  }
  // The MSB answers with an object all the same.
  if (response.status === 404 || (response.ok && !("uuid" in service))) {
    throw new MsbError("NOT_REGISTERED", `There is no service with the uuid ${quote(uuid)} at ${url}.`, {
      remedy: "It must have registered there.",
    });
  }
  if (!response.ok) {
    throw new MsbError("REFUSED", `${address} was answered with ${response.status}: ${clip(body)}`);
  }
  return service;
}

/** A JSON object; else `undefined`. */
function parseAnswer(body: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
