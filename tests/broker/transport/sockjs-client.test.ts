import SockJS from "sockjs-client";
import { expect, test } from "vitest";
import { startBroker } from "../../../src/broker/index.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

/** What its types leave out, or say with those of a page. */
interface SockJsSocket {
  readonly transport: string;
  onmessage: (event: { readonly data: string }) => void;
  onheartbeat: () => void;
  onclose: (event: { readonly code: number; readonly reason: string }) => void;
  send(message: string): void;
  close(): void;
}

/** The client of the SockJS project, which asks for `info` first, over its websocket transport. */
class Client {
  readonly socket: SockJsSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #messages: string[] = [];
  #wake = (): void => {};

  constructor(url: string) {
    const options = { transports: ["websocket"] };
    this.socket = new SockJS(`${url}/websocket/data`, null, options) as unknown as SockJsSocket;
    this.socket.onmessage = ({ data }) => {
      this.#messages.push(data);
      this.#wake();
    };
    this.closed = new Promise((resolve) => {
      this.socket.onclose = ({ code, reason }) => resolve({ code, reason });
    });
  }

  async next(): Promise<string> {
    while (this.#messages.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#messages.shift() ?? "";
  }
}

test("sockjs-client connects, registers, publishes, is called, and is told why it is closed", async () => {
  await using broker = await startBroker({ heartbeatInterval: 5 });
  const client = new Client(broker.url);
  expect(await client.next()).toBe("IO_CONNECTED");
  expect(client.socket.transport).toBe("websocket");
  client.socket.send(`R ${JSON.stringify(describeService("u1"))}`);
  expect(await client.next()).toBe("IO_REGISTERED");
  await new Promise<void>((resolve) => {
    client.socket.onheartbeat = resolve;
  });
  client.socket.send(eventMessage("u1", { dataObject: 'é 😀 \u2028 "\\ \n' }));
  expect(await client.next()).toBe("IO_PUBLISHED");
  expect(broker.events[0]?.dataObject).toBe('é 😀 \u2028 "\\ \n');
  const text = 'é 😀 \u2028 \ufffe "\\ \n';
  broker.send("u1", "first", text);
  expect([await client.next(), await client.next()]).toEqual(["first", text]);
  broker.disconnect("u1", 4001, "out");
  expect(await client.closed).toEqual({ code: 4001, reason: "out" });
});

test("sockjs-client closes by itself, and the broker has seen it", async () => {
  await using broker = await startBroker();
  const client = new Client(broker.url);
  await client.next();
  client.socket.close();
  await client.closed;
  await expect.poll(() => broker.connections).toEqual([]);
});
