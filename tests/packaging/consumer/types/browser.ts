import {
  isomorphicSocket,
  MsbClient,
  type Socket,
  type SocketFactory,
  type TlsOptions,
} from "msb-client-websocket";
import * as z from "zod/mini";

const socket: SocketFactory = (url, listener, _options): Socket => {
  const native = new WebSocket(url);
  native.onopen = () => listener.open();
  native.onmessage = ({ data }) => listener.message(String(data));
  native.onclose = ({ code, reason }) => listener.close({ code, reason });
  return {
    get bufferedAmount() {
      return native.bufferedAmount;
    },
    send: (text) => native.send(text),
    close: (code, reason) => native.close(code, reason),
    terminate: () => native.close(),
  };
};

const _wrapped: SocketFactory = (url, listener, options) =>
  isomorphicSocket(`${url}?line=7`, listener, options);
const _tls: TlsOptions = { ca: ["-----BEGIN CERTIFICATE-----", new Uint8Array(1)], checkHostname: false };

const client = new MsbClient("Application", "uuid", "Dashboard", "", "token", { socket });
const clicked = client.addEvent({ eventId: "CLICKED", dataFormat: z.object({ x: z.number() }) });

document.body.addEventListener("click", ({ clientX }) => void clicked.publish({ x: clientX }));
// @ts-expect-error: a wrong value is a compile error.
void clicked.publish({ x: "left" });
