import { get as getHttp, type IncomingHttpHeaders } from "node:http";
import { get as getHttps } from "node:https";
import type { Target } from "../target.ts";

/** Characters that are read. */
const MAX_BODY = 10_000;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly milliseconds: number;
}

/** @param path below the URL of the MSB. @returns the answer, or why there is none. */
export function httpGet(
  target: Target,
  path: string,
  headers: Record<string, string> = {},
): Promise<HttpAnswer | Error> {
  const start = performance.now();
  const get = target.isTls ? getHttps : getHttp;
  const { ca, cert, key, rejectUnauthorized = true } = target.tls ?? {};
  const tls = { ca, cert, key, rejectUnauthorized } as object;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(target.answerTime);
    const request = get(
      `${target.httpBase}${path}`,
      { ...tls, headers, signal, agent: false },
      (response) => {
        let body = "";
        const finish = () => {
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, body, milliseconds: Math.round(performance.now() - start) });
          request.destroy();
        };
        response.setEncoding("utf8").on("data", (text: string) => {
          body += text;
          if (body.length > MAX_BODY) {
            finish();
          }
        });
        response.on("end", finish).on("error", resolve);
      },
    );
    request.on("error", (error) => {
      resolve(signal.aborted ? new Error(`no answer within ${target.answerTime / 1_000} s`) : error);
    });
  });
}
