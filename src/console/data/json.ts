import { describeProblem } from "./api.ts";

/** The value of JSON that a person wrote. @throws {Error} saying what is wrong. */
export function parseJson(json: string, subject: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const hint = /^\s*[A-Za-z]/.test(json) ? ' Strings need quotes: "text".' : "";
    throw new Error(`${subject} is not JSON: ${describeProblem(error)}.${hint}`);
  }
}

/** The same string, if it is JSON. @throws {Error} saying what is wrong. */
export function checkJson(json: string, subject: string): string {
  parseJson(json, subject);
  return json;
}
