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

interface Globals {
  readonly document?: unknown;
  readonly WebSocket?: unknown;
  /** The page that Vitest's jsdom has made of Node. */
  readonly jsdom?: { readonly window?: { readonly WebSocket?: unknown } };
}

/**
 * The native class in a page, whatever the import gives: Jest's jsdom resolves `ws` to a stub that throws. In Vitest's jsdom it
 * is `ws`: the class of its page throws when a connection opens, as Vitest replaces the events of Node. Asked for at every dial,
 * so that importing has no side effect.
 */
export function platformSocketClass<Kind = PlatformSocket>(): PlatformSocketClass<Kind> {
  const { document, WebSocket, jsdom } = globalThis as Globals;
  const isPage = document !== undefined && typeof WebSocket === "function";
  const isOfVitest = WebSocket === jsdom?.window?.WebSocket && isOfWs(isomorphicWebSocket);
  return (isPage && !isOfVitest ? WebSocket : isomorphicWebSocket) as unknown as PlatformSocketClass<Kind>;
}

/** Whether sockets here are those of `ws`, which take TLS options, agents and headers. */
export function isNodePlatform(): boolean {
  return isOfWs(platformSocketClass());
}

function isOfWs(socketClass: unknown): boolean {
  const { prototype } = (socketClass ?? {}) as { prototype?: { readonly terminate?: unknown } };
  return typeof prototype?.terminate === "function";
}
