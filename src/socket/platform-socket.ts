import isomorphicWebSocket from "isomorphic-ws";

/** What the native WebSocket and `ws` have in common; the types of either would tie the SDK to it. */
export interface PlatformSocket {
  readonly bufferedAmount: number;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly error?: unknown; readonly message?: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  /** Bytes and options are for `ws` only. */
  send(data: string | Uint8Array, options?: { readonly binary: boolean }): void;
  close(code?: number, reason?: string): void;
  /** The rest is of `ws` only. */
  terminate?(): void;
  ping?(): void;
  pong?(data: Uint8Array, mask: undefined, onSent: (error?: Error) => void): void;
  pause?(): void;
  resume?(): void;
  on?(type: "message", listener: (data: unknown, isBinary: boolean) => void): void;
  on?(type: "pong", listener: () => void): void;
  on?(type: "ping", listener: (data: Uint8Array) => void): void;
  on?(type: "unexpected-response", listener: (request: unknown, response: HttpAnswer) => void): void;
  /** The TCP socket. */
  readonly _socket?: { cork?(): void; uncork?(): void } | null;
}

/** What `ws` passes on of a server that answers a websocket's request with something else. */
export interface HttpAnswer {
  readonly statusCode?: number;
  readonly statusMessage?: string;
  readonly headers: { readonly location?: string | undefined };
}

/** The third argument is for `ws`; the native class ignores it. */
export type PlatformSocketClass = new (url: string, protocols: string[], options?: object) => PlatformSocket;

/**
 * The native class in a page, whatever the import gives: Jest's jsdom resolves `ws` to a stub that throws. Asked for at
 * every dial, so that importing has no side effect.
 */
export function platformSocketClass(): PlatformSocketClass {
  const { document, WebSocket } = globalThis as { document?: unknown; WebSocket?: unknown };
  const isPage = document !== undefined && typeof WebSocket === "function";
  return (isPage ? WebSocket : isomorphicWebSocket) as unknown as PlatformSocketClass;
}

/** Whether sockets here are those of `ws`, which take TLS options, agents and headers. */
export function isNodePlatform(): boolean {
  const prototype = platformSocketClass()?.prototype as Partial<PlatformSocket> | undefined;
  return typeof prototype?.terminate === "function";
}
