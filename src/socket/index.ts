export { isomorphicSocket, NO_TLS_OPTIONS } from "./isomorphic-socket.ts";
export { type NodeSocketOptions, nodeSocket } from "./node-socket.ts";
export { isNodePlatform } from "./platform-socket.ts";
export type {
  HttpResponse,
  Socket,
  SocketClose,
  SocketFactory,
  SocketListener,
  SocketOptions,
} from "./socket.ts";
export type { TlsOptions } from "./tls-options.ts";
