import isomorphicWebSocket from "isomorphic-ws";

/** A native WebSocket, as far as it is used. */
export interface PlatformSocket {
  readonly bufferedAmount: number;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly error?: unknown; readonly message?: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** The native class, or that of `ws`. The third argument is for `ws`. */
export type PlatformSocketClass<Kind> = new (url: string, protocols: string[], options?: object) => Kind;

/**
 * The native class in a page, whatever the import gives: Jest's jsdom resolves `ws` to a stub that throws. Asked for at
 * every dial, so that importing has no side effect.
 */
export function platformSocketClass<Kind = PlatformSocket>(): PlatformSocketClass<Kind> {
  const { document, WebSocket } = globalThis as { document?: unknown; WebSocket?: unknown };
  const isPage = document !== undefined && typeof WebSocket === "function";
  return (isPage ? WebSocket : isomorphicWebSocket) as unknown as PlatformSocketClass<Kind>;
}

/** Whether sockets here are those of `ws`, which take TLS options, agents and headers. */
export function isNodePlatform(): boolean {
  const prototype = platformSocketClass()?.prototype as { readonly terminate?: unknown } | undefined;
  return typeof prototype?.terminate === "function";
}
