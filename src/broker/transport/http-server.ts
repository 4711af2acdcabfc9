import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { describeError, MsbDefinitionError, MsbError, reasonOf } from "../../support/errors.ts";

/** Certificate and key in PEM, as `node:https` takes them. */
export interface TlsOptions {
  /** The certificate, with the intermediate ones after it: PEM, the content of the file. @default none: needed with `tls` */
  readonly cert: string | Uint8Array;
  /** The private key of `cert`: PEM, the content of the file. @default none: needed with `tls` */
  readonly key: string | Uint8Array;
}

export interface HttpServerOptions {
  readonly port: number;
  readonly host: string;
  readonly tls: TlsOptions | undefined;
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  readonly onUpgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
}

export interface HttpServer {
  readonly port: number;
  /** Stops listening, and resolves when every socket is closed: those that are open after `grace` ms are dropped. */
  close(grace: number): Promise<void>;
}

/** Listens. @throws {MsbError} if that is not possible, saying what to do. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = create(options);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    if (!sockets.has(socket)) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
  });
  server.on("request", options.onRequest);
  server.on("upgrade", (request, socket: Socket, head) => {
    if (request.headers.upgrade?.toLowerCase() !== "websocket") {
      socket.unshift(withoutUpgrade(request, head));
      server.emit(options.tls === undefined ? "connection" : "secureConnection", socket);
      return;
    }
    // After an upgrade nobody else listens for errors of the socket, and an unheard error ends the process.
    socket.on("error", () => {});
    options.onUpgrade(request, socket, head);
  });
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    close: (grace) =>
      new Promise((resolve) => {
        const deadline = setTimeout(() => {
          for (const socket of sockets) {
            socket.destroy();
          }
        }, grace);
        server.close(() => {
          clearTimeout(deadline);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/**
 * The bytes of a request that offers another protocol, without the offer: a server that does not know it answers as ever (RFC 9110,
 * 7.8). Java's own HTTP client offers HTTP/2 in each request. Node.js has let go of the connection by then, and has to read it again.
 */
function withoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage, head: Buffer): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    if (!/^(upgrade|http2-settings|connection)$/i.test(name)) {
      lines.push(`${name}: ${value}`);
    } else if (/^connection$/i.test(name) && /\bclose\b/i.test(value)) {
      lines.push("Connection: close");
    }
  }
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]);
}

function create({ tls }: HttpServerOptions): Server {
  if (tls === undefined) {
    return createServer();
  }
  try {
    return createTlsServer({ cert: asNodeTakesIt(tls.cert), key: asNodeTakesIt(tls.key) });
  } catch (error) {
    throw new MsbDefinitionError(
      "The broker's options",
      [{ path: "tls", message: `certificate and key cannot be used: ${describeError(error)}` }],
      { cause: error },
    );
  }
}

/** At run time Node takes any bytes; its types want a `Buffer`, which users' programs without Node's types do not know. */
function asNodeTakesIt(pem: string | Uint8Array): string | Buffer {
  return pem instanceof Uint8Array ? Buffer.from(pem) : pem;
}

function listen(server: Server, { port, host }: HttpServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => reject(explain(error, port, host));
    server.once("error", onError);
    server.listen({ port, host }, () => {
      server.off("error", onError);
      resolve();
    });
  });
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): MsbError {
  const fail = (message: string, remedy: string) =>
    new MsbError("CONNECT_FAILED", message, { cause: error, remedy });
  switch (error.code) {
    case "EADDRINUSE":
      return fail(
        `Port ${port} on ${host} is taken by another program.`,
        "Stop that program, or choose another port (port 0 takes any free one).",
      );
    case "EACCES":
      return fail(
        `This user may not listen on port ${port} of ${host}.`,
        "Choose a port from 1024 upwards (port 0 takes any free one).",
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return fail(
        `${JSON.stringify(host)} is not an address of this computer.`,
        "Use 127.0.0.1 for this computer only, or 0.0.0.0 for all its addresses.",
      );
    default:
      return fail(`The broker cannot listen on ${host}, port ${port}: ${reasonOf(error)}.`, "See the cause.");
  }
}
