export { isomorphicSocket } from "./isomorphic-socket.ts";
export type { Socket, SocketClose, SocketFactory, SocketListener, SocketOptions } from "./socket.ts";
