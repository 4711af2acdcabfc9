import { HTTPException } from "hono/http-exception";

/** @throws {HTTPException} 404, which is right for what cannot be an id, too. */
export function readId(parameter: string): number {
  return /^\d{1,9}$/.test(parameter) ? Number(parameter) : notFound(parameter);
}

export function notFound(id: number | string): never {
  throw new HTTPException(404, { message: `There is no flow ${id}.` });
}
