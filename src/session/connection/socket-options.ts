import type { SocketOptions } from "../../socket/index.ts";
import type { SessionSettings } from "../settings.ts";

/** Bytes that an MSB's message may have; a smaller `maxMessageSize` concerns what is sent. */
const LEAST_PAYLOAD = 1_000_000;

/** No byte of a message takes more in a SockJS frame: a control character becomes `\u0001`. */
const SOCKJS_FACTOR = 6;

/** `a[""]` around it. */
const SOCKJS_FRAME = 5;

/** What the session asks of a socket, out of the settings as they are now. */
export function socketOptions(settings: SessionSettings): SocketOptions {
  const { tls, hostnameVerification, sockJsFraming, maxMessageSize, closeTimeout } = settings;
  const largest = Math.max(maxMessageSize, LEAST_PAYLOAD);
  return {
    hostnameVerification: tls?.checkHostname ?? hostnameVerification,
    tls,
    maxPayload: sockJsFraming ? largest * SOCKJS_FACTOR + SOCKJS_FRAME : largest,
    closeTimeout,
  };
}
