export type { NodeSocketOptions } from "./node-socket.ts";
export type {
  HttpResponse,
  Socket,
  SocketClose,
  SocketFactory,
  SocketListener,
  SocketOptions,
} from "./socket.ts";
export type { Pem, TlsOptions } from "./tls-options.ts";
