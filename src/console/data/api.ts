import { signal } from "@preact/signals";
import { gotNoAnswer, heard, lostSince, timeOfDay } from "./connection.ts";
import { shareStrings } from "./share-strings.ts";

/** One thing that is wrong with what was sent. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** What the broker answers if it did not do what was asked for. */
export class ApiError extends Error {
  readonly issues: readonly Issue[];

  constructor(message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = "ApiError";
    this.issues = issues;
  }
}

/** Whether the broker wants a token that this page does not have. */
export const needsToken = signal(false);

/** A body that is JSON already. */
export interface JsonBody {
  readonly json: string;
}

/** These members, and one more whose value is JSON already: what a person typed is sent as it is, with every digit. */
export function withJson(members: object, name: string, json: string): JsonBody {
  const start = JSON.stringify(members).slice(0, -1);
  return { json: `${start}${start === "{" ? "" : ","}${JSON.stringify(name)}:${json}}` };
}

/** How long a request may take that is only to tell how things are, in milliseconds. */
const LOOK_TIMEOUT = 8_000;

/** Asks how things are: if the broker does not answer within some seconds, it counts as gone. @throws {ApiError} (rejects) */
export async function look<T>(path: string): Promise<T> {
  // What it says is kept.
  return shareStrings(await request<T>("GET", path, undefined, AbortSignal.timeout(LOOK_TIMEOUT)));
}

/** A request to the broker that serves this page. @throws {ApiError} (rejects) */
export async function request<T>(
  method: string,
  path: string,
  body?: object | JsonBody,
  signal?: AbortSignal,
): Promise<T> {
  const text = await requestText(method, path, body, signal);
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError("This is no answer of the broker: it is not JSON.");
  }
}

/** The same, with the JSON of the answer as it came: parsed, large integers lose digits. @throws {ApiError} (rejects) */
export async function requestText(
  method: string,
  path: string,
  body?: object | JsonBody,
  signal?: AbortSignal,
): Promise<string> {
  if (method !== "GET" && lostSince.peek() !== undefined) {
    const since = timeOfDay(lostSince.peek() ?? 0);
    throw new ApiError(
      `Not sent: there is no connection to the broker since ${since}. It is tried again by itself.`,
    );
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      ...(signal === undefined ? {} : { signal }),
      ...(body === undefined
        ? {}
        : {
            body: "json" in body ? String(body.json) : JSON.stringify(body),
            headers: { "Content-Type": "application/json" },
          }),
    });
    text = await response.text();
  } catch {
    gotNoAnswer();
    throw new ApiError("The broker cannot be reached.");
  }
  heard();
  needsToken.value = response.status === 401;
  if (!response.ok) {
    const { error, issues } = readProblem(text);
    throw new ApiError(error ?? `The broker answered ${response.status}.`, issues);
  }
  return text;
}

/** What is not JSON, such as the page of a proxy, says nothing. */
function readProblem(text: string): { readonly error?: string; readonly issues?: readonly Issue[] } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function servicePath(uuid: string, action = ""): string {
  return `/broker/services/${encodeURIComponent(uuid)}${action}`;
}

export function describeProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
