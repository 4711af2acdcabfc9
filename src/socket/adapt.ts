import type { PlatformSocket } from "./platform-socket.ts";
import type { Socket, SocketListener } from "./socket.ts";
import { toError } from "./socket-error.ts";

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
    failure ??= toError(event, undefined);
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
