import { beforeEach, expect, it, vi } from "vitest";
import { isomorphicSocket, nodeSocket, type SocketOptions } from "../../src/index.ts";

/** `ws`, as far as it is seen from here: what it was made with and sent. */
const { FakeWs } = vi.hoisted(() => ({
  FakeWs: class {
    static options: Record<string, unknown> = {};
    static sent: string[] = [];
    // Bun's has no cork() and uncork().
    readonly _socket = {};

    constructor(_url: string, _protocols: string[], options: Record<string, unknown>) {
      FakeWs.options = options;
    }

    on(): void {}

    send(data: string | Uint8Array): void {
      FakeWs.sent.push(String(data));
    }

    terminate(): void {}
  },
}));

vi.mock("isomorphic-ws", () => ({ default: FakeWs }));

const listener = { open() {}, message() {}, pong() {}, close() {} };
const plain: SocketOptions = { hostnameVerification: true };

beforeEach(() => {
  FakeWs.options = {};
  FakeWs.sent = [];
});

it("what the client does not ask for is left to ws and node:tls", () => {
  isomorphicSocket("ws://msb.test", listener, plain);
  expect(FakeWs.options).toEqual({ perMessageDeflate: false, closeTimeout: 3_000, autoPong: false });
});

it("what it asks for is handed on, the host name as node:tls has it", () => {
  const tls = {
    ca: ["-----BEGIN a"],
    servername: "msb.test",
    checkHostname: false,
    rejectUnauthorized: true,
  };
  isomorphicSocket("wss://msb.test", listener, {
    hostnameVerification: false,
    tls,
    maxPayload: 9,
    closeTimeout: 8,
  });
  expect(FakeWs.options).toEqual({
    perMessageDeflate: false,
    closeTimeout: 8,
    maxPayload: 9,
    ca: ["-----BEGIN a"],
    servername: "msb.test",
    rejectUnauthorized: true,
    checkServerIdentity: expect.any(Function),
    autoPong: false,
  });
  const check = FakeWs.options["checkServerIdentity"] as () => unknown;
  expect(check()).toBeUndefined();
});

it("the options of nodeSocket() go before it, but pings are answered by the client", () => {
  const options = { agent: "an agent", maxPayload: 1, perMessageDeflate: true, autoPong: true, family: 6 };
  nodeSocket(options)("ws://msb.test", listener, { ...plain, maxPayload: 9 });
  expect(FakeWs.options).toEqual({ ...options, closeTimeout: 3_000, autoPong: false });
});

it("a TCP socket that cannot be corked, as Bun's, sends all the same", () => {
  const socket = isomorphicSocket("ws://msb.test", listener, plain);
  socket.send("a");
  socket.send("b");
  expect(FakeWs.sent).toEqual(["a", "b"]);
});
