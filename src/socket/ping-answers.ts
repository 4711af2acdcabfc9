import type { PlatformSocket } from "./platform-socket.ts";

/**
 * Answers pings, one at a time: while an answer waits to be written, only the newest ping is kept (RFC 6455, 5.5.3 allows
 * it). So a server that sends pings and does not read cannot fill the memory; `ws` would answer each or give up.
 */
export function answerPings(socket: PlatformSocket): void {
  let isWriting = false;
  let newest: Uint8Array | undefined;

  function answer(): void {
    if (isWriting || newest === undefined) {
      return;
    }
    const data = newest;
    newest = undefined;
    isWriting = true;
    socket.pong?.(data, undefined, (error) => {
      isWriting = false;
      // An error means that the socket is closed.
      if (error == null) {
        answer();
      }
    });
  }

  socket.on?.("ping", (data) => {
    newest = data;
    answer();
  });
}
