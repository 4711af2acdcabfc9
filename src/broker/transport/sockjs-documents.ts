import { randomInt } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { writeProblem } from "./http-answers.ts";

/** What stands at the beginning of a SockJS interface. */
export function writeWelcome(request: IncomingMessage, response: ServerResponse): void {
  if (isAllowed(request, response, ["GET", "HEAD"])) {
    response.writeHead(200, { "Content-Type": "text/plain; charset=UTF-8" }).end("Welcome to SockJS!\n");
  }
}

/** What a SockJS client asks for before it connects. The origin of the request has been let in already. */
export function writeInfo(request: IncomingMessage, response: ServerResponse): void {
  if (!isAllowed(request, response, ["GET", "HEAD", "OPTIONS"])) {
    return;
  }
  setCorsHeaders(request, response);
  response.setHeader("Cache-Control", "no-store, no-cache, must-revalidate, max-age=0");
  if (request.method === "OPTIONS") {
    response.writeHead(200).end();
    return;
  }
  const info = { entropy: randomInt(2 ** 32), origins: ["*:*"], cookie_needed: true, websocket: true };
  response.writeHead(200, { "Content-Type": "application/json; charset=UTF-8" }).end(JSON.stringify(info));
}

/** SockJS clients in pages ask with credentials. */
function setCorsHeaders({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Vary", "Origin");
  if (headers.origin === undefined) {
    return;
  }
  response.setHeader("Access-Control-Allow-Origin", headers.origin);
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Access-Control-Allow-Methods", "OPTIONS, GET");
  response.setHeader("Access-Control-Max-Age", "31536000");
  const asked = headers["access-control-request-headers"];
  if (asked !== undefined) {
    response.setHeader("Access-Control-Allow-Headers", asked);
  }
}

function isAllowed({ method = "" }: IncomingMessage, response: ServerResponse, methods: string[]): boolean {
  if (methods.includes(method)) {
    return true;
  }
  const allowed = methods.join(", ");
  response.setHeader("Allow", allowed);
  writeProblem(response, 405, `${method} is not possible here, only ${allowed}.`);
  return false;
}
