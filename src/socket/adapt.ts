import type { PlatformSocket } from "./platform-socket.ts";
import type { Socket, SocketListener } from "./socket.ts";

/** Connects a native socket with its listener. */
export function adapt(socket: PlatformSocket, listener: SocketListener): Socket {
  let failure: Error | undefined;

  socket.onopen = () => listener.open();
  socket.onmessage = ({ data }) => {
    // The MSB sends text frames only; anything else is not for us.
    if (typeof data === "string") {
      listener.message(data);
    }
  };
  socket.onerror = (event) => {
    failure ??= toError(event);
  };
  socket.onclose = ({ code, reason }) => listener.close({ code, reason, error: failure });

  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.close(),
  };
}

/** Browsers give a bare event that says nothing; other platforms may say something. */
function toError({
  error,
  message,
}: {
  readonly error?: unknown;
  readonly message?: unknown;
}): Error | undefined {
  if (error instanceof Error) {
    return error;
  }
  return typeof message === "string" && message !== "" ? new Error(message) : undefined;
}
