import { corker } from "./cork.ts";
import { answerPings } from "./ping-answers.ts";
import type { HttpAnswer, PlatformSocket } from "./platform-socket.ts";
import type { HttpResponse, Socket, SocketListener } from "./socket.ts";

const AS_TEXT = { binary: false };

/** Connects a socket of the platform, native or of `ws`, with its listener. */
export function adapt(socket: PlatformSocket, listener: SocketListener, maxPayload?: unknown): Socket {
  let failure: Error | undefined;
  let response: HttpResponse | undefined;

  socket.onopen = () => listener.open();
  hearMessages(socket, listener);
  socket.onerror = (event) => {
    failure ??= toError(event, maxPayload);
  };
  socket.onclose = ({ code, reason }) => listener.close({ code, reason, error: failure, response });

  socket.on?.("pong", () => listener.pong());
  socket.on?.("unexpected-response", (_request, answer) => {
    response = toResponse(answer);
    failure = new Error(`the server answered HTTP ${response.status} ${answer.statusMessage ?? ""}`.trim());
    // With a listener here, ending the handshake is left to it.
    socket.terminate?.();
  });
  answerPings(socket);
  const cork = corker(socket);
  const write = writer(socket);

  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send(text) {
      cork();
      write(text);
    },
    close(code, reason) {
      // The other side's close frame has to be read.
      socket.resume?.();
      socket.close(code, reason);
    },
    terminate: () => (socket.terminate === undefined ? socket.close() : socket.terminate()),
    ...(socket.ping === undefined ? {} : { ping: () => socket.ping?.() }),
    ...(socket.pause === undefined ? {} : { pause: () => socket.pause?.(), resume: () => socket.resume?.() }),
  };
}

/** The MSB sends text frames only; anything else is not for us. */
function hearMessages(socket: PlatformSocket, listener: SocketListener): void {
  if (socket.on === undefined) {
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") {
        listener.message(data);
      }
    };
    return;
  }
  // `onmessage` of `ws` makes an event object for each message first.
  socket.on("message", (data, isBinary) => {
    if (!isBinary) {
      listener.message(String(data));
    }
  });
}

/** `ws` writes a string in two pieces, head and content; bytes that it may not change in one. */
function writer(socket: PlatformSocket): (text: string) => void {
  const { Buffer } = globalThis as { Buffer?: { from(text: string): Uint8Array } };
  if (socket.on === undefined || Buffer === undefined) {
    return (text) => socket.send(text);
  }
  return (text) => socket.send(Buffer.from(text), AS_TEXT);
}

function toResponse({ statusCode = 0, headers }: HttpAnswer): HttpResponse {
  return { status: statusCode, location: headers.location };
}

/** Browsers give a bare event that says nothing; `ws` gives the error. */
function toError(
  event: { readonly error?: unknown; readonly message?: unknown },
  maxPayload: unknown,
): Error | undefined {
  const { error, message } = event;
  if (error instanceof Error) {
    if ((error as { code?: unknown }).code !== "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
      return error;
    }
    const reason = `the server sent a message of more than ${maxPayload} bytes, the limit maxPayload`;
    return Object.assign(new Error(reason, { cause: error }), { code: "MAX_PAYLOAD" });
  }
  return typeof message === "string" && message !== "" ? new Error(message) : undefined;
}
