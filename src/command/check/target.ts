import { parseMsbUrl } from "../../session/connection/endpoint.ts";
import type { TlsOptions } from "../../socket/index.ts";
import { MsbError } from "../../support/errors.ts";

/** Where to. */
export interface Target {
  /** As clients are given it. */
  readonly url: string;
  /** `ws://host:port/path`, or with `wss`. */
  readonly socketBase: string;
  /** The same with `http`, or `https`. */
  readonly httpBase: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly tls: TlsOptions | undefined;
  /** Milliseconds that each answer may take. */
  readonly answerTime: number;
}

/** What is known besides the URL. */
export type TargetOptions = Pick<Target, "tls" | "answerTime">;

/** @throws {MsbError} `INVALID_URL` */
export function readTarget(text: string, options: TargetOptions): Target {
  const url = text.trim();
  const socketBase = parseMsbUrl(url);
  if (/\/websocket\/data(\/.*)?$/.test(socketBase)) {
    throw new MsbError(
      "INVALID_URL",
      `The URL ${url} holds /websocket/data, which every client adds by itself.`,
      {
        remedy: `Give ${url.replace(/\/+websocket\/data(\/.*)?$/, "")}.`,
      },
    );
  }
  const { protocol, hostname, port } = new URL(socketBase);
  const isTls = protocol === "wss:";
  return {
    ...{ url, socketBase, isTls, ...options },
    httpBase: socketBase.replace(/^ws/, "http"),
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (isTls ? 443 : 80) : Number(port),
  };
}
