import type { PlatformSocket } from "./platform-socket.ts";

/**
 * Makes what is sent in one go leave in one system call: several times as fast for a burst of events.
 * @returns a function to call before each `send`
 */
export function corker(socket: PlatformSocket): () => void {
  let isCorked = false;
  return () => {
    const tcp = socket._socket;
    // Bun's has no cork().
    if (isCorked || typeof tcp?.cork !== "function") {
      return;
    }
    isCorked = true;
    tcp.cork();
    queueMicrotask(() => {
      isCorked = false;
      tcp.uncork?.();
    });
  };
}
