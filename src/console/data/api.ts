import { signal } from "@preact/signals";

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

/** A request to the broker that serves this page. @throws {ApiError} (rejects) */
export async function request<T>(method: string, path: string, body?: object | JsonBody): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : {
            body: "json" in body ? String(body.json) : JSON.stringify(body),
            headers: { "Content-Type": "application/json" },
          }),
    });
  } catch {
    throw new ApiError("The broker cannot be reached.");
  }
  needsToken.value = response.status === 401;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiError(answer.error ?? `The broker answered ${response.status}.`, answer.issues);
  }
  return answer;
}

export function servicePath(uuid: string, action = ""): string {
  return `/broker/services/${encodeURIComponent(uuid)}${action}`;
}

export function describeProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
