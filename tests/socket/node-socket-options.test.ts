import { Agent } from "node:http";
import type { Socket as TcpSocket } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import {
  isomorphicSocket,
  nodeSocket,
  type Socket,
  type SocketClose,
  type SocketFactory,
} from "../../src/index.ts";
import { rawServer, shortFrame } from "../support/servers/raw-server.ts";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";

interface Opened {
  readonly socket: Socket;
  readonly messages: string[];
  readonly closed: Promise<SocketClose>;
}

/** A socket that is open, and ends with the test. */
async function opened(
  url: string,
  factory: SocketFactory = isomorphicSocket,
  maxPayload?: number,
): Promise<Opened> {
  const messages: string[] = [];
  return new Promise((resolve) => {
    const closed = new Promise<SocketClose>((onClose) => {
      const listener = {
        open: () => resolve({ socket, messages, closed }),
        message: (text: string) => void messages.push(text),
        pong() {},
        close: onClose,
      };
      const socket = factory(url, listener, { hostnameVerification: true, maxPayload });
      onTestFinished(() => socket.terminate());
    });
  });
}

async function wsServer(onConnection: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  onTestFinished(() => void server.close());
  server.on("connection", onConnection);
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) {
    throw new Error("no port");
  }
  return `ws://127.0.0.1:${address.port}`;
}

describe("nodeSocket", () => {
  it("takes an agent and headers of its own", async () => {
    const broker = await testBroker();
    const dialled: unknown[] = [];
    class CountingAgent extends Agent {
      override createConnection(...parameters: Parameters<Agent["createConnection"]>) {
        dialled.push(parameters[0]);
        return super.createConnection(...parameters);
      }
    }
    const client = testClient({ socket: nodeSocket({ agent: new CountingAgent() }) });
    await client.connect(broker.url);
    await client.register();
    expect(dialled).toEqual([expect.objectContaining({ headers: expect.anything() })]);

    const headers: unknown[] = [];
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    onTestFinished(() => void server.close());
    server.on("connection", (_socket, request) => headers.push(request.headers["x-line"]));
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await opened(`ws://127.0.0.1:${port}`, nodeSocket({ headers: { "x-line": "7" } }));
    expect(headers).toEqual(["7"]);
  });

  it("goes before what the client asks for", async () => {
    const url = await wsServer((socket) => socket.send("12345"));
    const { closed } = await opened(url, nodeSocket({ maxPayload: 4 }), 100);
    expect((await closed).error?.message).toContain("4 bytes");
  });
});

describe("maxPayload", () => {
  it("takes a frame of just that size, and ends the connection on a larger one, saying so", async () => {
    const url = await wsServer((socket) => {
      socket.send("x".repeat(1_000));
      socket.send("x".repeat(1_001));
    });
    const { closed, messages } = await opened(url, isomorphicSocket, 1_000);
    const { error } = await closed;
    expect(messages.map((message) => message.length)).toEqual([1_000]);
    expect(error?.message).toBe("the server sent a message of more than 1000 bytes, the limit maxPayload");
  });

  it("cuts off a server that does not answer the close within 3 s", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const url = await rawServer((tcp) => tcp.write(shortFrame("text", "x".repeat(101))));
    const { closed } = await opened(url, isomorphicSocket, 100);
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(3_000);
    expect((await closed).error?.message).toContain("100 bytes");
  });

  describe.each(FRAMINGS)("of a client, $framing framing", ({ sockJsFraming }) => {
    const frame = sockJsFraming ? (text: string) => `a${JSON.stringify([text])}` : (text: string) => text;

    async function receive(text: string, maxMessageSize?: number): Promise<unknown> {
      const client = testClient({
        sockJsFraming,
        autoReconnect: false,
        ...(maxMessageSize === undefined ? {} : { maxMessageSize }),
      });
      const received = new Promise((resolve) => {
        client.addFunction({
          functionId: "F",
          dataFormat: "string",
          handler: ({ dataObject }) => resolve(dataObject),
        });
      });
      const lost = new Promise((resolve) => {
        client.on("stateChange", ({ error }) => error !== undefined && resolve(error.message));
      });
      const url = await wsServer((socket) => {
        socket.send(frame("IO_CONNECTED"));
        socket.on("message", (data) => {
          if (!String(data).includes("R {")) {
            return;
          }
          socket.send(frame("IO_REGISTERED"));
          socket.send(frame(callOf(client.uuid, text)));
        });
      });
      await client.connect(url);
      await client.register();
      return Promise.race([received, lost]);
    }

    // The call around the text is counted too.
    const callOf = (uuid: string, text: string): string =>
      `C ${JSON.stringify({ uuid, functionId: "F", functionParameters: { dataObject: text } })}`;
    const room = 1_000_000 - 200;

    it.each([
      ["plain letters", "x".repeat(room)],
      ["quotes", '"'.repeat(room / 2)],
      ["emoji", "😀".repeat(room / 4)],
      ["control characters", "\u0001".repeat(room / 6)],
    ])("a message of a million bytes passes: %s", async (_name, text) => {
      expect(await receive(text)).toBe(text);
    });

    it("a smaller maxMessageSize concerns what is sent only", async () => {
      const text = "x".repeat(room);
      expect(await receive(text, 1_000)).toBe(text);
    });

    it("what exceeds it ends the connection, and the error says so", async () => {
      expect(await receive("x".repeat(6_100_000))).toMatch(/more than \d+ bytes, the limit maxPayload/);
    });
  });
});

describe("websocket pings", () => {
  it("are answered, the last of many surely", async () => {
    const pongs: string[] = [];
    const url = await wsServer((socket) => {
      socket.on("pong", (data) => pongs.push(String(data)));
      for (let i = 1; i <= 500; i++) {
        socket.ping(String(i));
      }
    });
    await opened(url);
    await expect.poll(() => pongs.at(-1)).toBe("500");
  });

  it("of a server that does not read fill no memory, and the connection stays", async () => {
    const flood = Buffer.concat(Array.from({ length: 10_000 }, () => shortFrame("ping", "x".repeat(125))));
    const peaks: number[] = [];
    let tcp: TcpSocket | undefined;
    const url = await rawServer((socket) => {
      tcp = socket;
    });
    const { socket, messages } = await opened(url);
    // 38 MB of pings: far more than the kernel holds of answers.
    for (let round = 0; round < 30; round++) {
      await new Promise((resolve) => tcp?.write(flood, resolve));
      peaks.push(socket.bufferedAmount);
    }
    await new Promise((resolve) => tcp?.write(shortFrame("text", "the end"), resolve));
    await expect.poll(() => messages).toEqual(["the end"]);
    expect(Math.max(...peaks, socket.bufferedAmount)).toBeLessThan(1_000);
  });
});

describe("pause() and resume()", () => {
  it("hold back what the server sends, and let it go on", async () => {
    const half = "x".repeat(1_000_000);
    let serverSide: WebSocket | undefined;
    const url = await wsServer((socket) => {
      serverSide ??= socket;
    });
    const { socket, messages } = await opened(url);
    socket.pause?.();
    for (let i = 0; i < 40; i++) {
      serverSide?.send(half);
    }
    // A way there and back on another connection: time enough for what is not held back.
    const other = await opened(await wsServer((server) => server.on("message", () => server.send("pong"))));
    other.socket.send("ping");
    await expect.poll(() => other.messages).toEqual(["pong"]);
    expect(messages).toEqual([]);
    expect(serverSide?.bufferedAmount).toBeGreaterThan(1_000_000);
    socket.resume?.();
    await expect.poll(() => messages.length).toBe(40);
  });

  it("do not keep a close from ending, although the server's comes behind much that waits", async () => {
    const url = await wsServer((socket) => {
      for (let i = 0; i < 40; i++) {
        socket.send("x".repeat(1_000_000));
      }
    });
    const { socket, closed } = await opened(url);
    socket.pause?.();
    socket.close(1000);
    expect(await closed).toMatchObject({ code: 1000 });
  });
});
