import { afterEach, describe, expect, it, vi } from "vitest";
import * as browser from "../../src/platform/browser.ts";
import * as platform from "../../src/platform/index.ts";
import type { SocketClose, SocketListener } from "../../src/socket/index.ts";

/** What a page gets has to fit where the other is. */
const replacement: typeof platform = browser;

const listener: SocketListener = { open() {}, message() {}, pong() {}, close() {} };
const options = { hostnameVerification: true };

class NativeSocket {
  static made: NativeSocket[] = [];
  readonly parameters: unknown[];
  readonly sent: string[] = [];
  readonly closed: unknown[][] = [];
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  constructor(...parameters: unknown[]) {
    this.parameters = parameters;
    NativeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(...parameters: unknown[]): void {
    this.closed.push(parameters);
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  NativeSocket.made = [];
});

it("without a WebSocket, as a bundle for pages in Node.js, says what to do", () => {
  vi.stubGlobal("WebSocket", undefined);
  expect(() => browser.isomorphicSocket("ws://msb.test/x", listener, options)).toThrow(
    "The socket: WebSocket: is not here: bundle for Node.js (esbuild: --platform=node)",
  );
});

function dial(heard: SocketListener) {
  vi.stubGlobal("WebSocket", NativeSocket);
  const socket = browser.isomorphicSocket("ws://msb.test/x", heard, options);
  const [native] = NativeSocket.made;
  if (native === undefined) {
    throw new Error("No socket was made.");
  }
  return { socket, native };
}

it("has every part that the SDK asks a platform for", () => {
  expect(Object.keys(replacement).sort()).toEqual(Object.keys(platform).sort());
});

describe("the socket of a page", () => {
  it("is the native one, and has no more than that has", () => {
    const { socket, native } = dial(listener);
    expect(native.parameters).toEqual(["ws://msb.test/x", []]);
    socket.send("a");
    socket.close(1000, "bye");
    socket.terminate();
    native.bufferedAmount = 7;
    expect(native.sent).toEqual(["a"]);
    expect(native.closed).toEqual([[1000, "bye"], []]);
    expect(socket.bufferedAmount).toBe(7);
    expect(Object.keys(socket).sort()).toEqual(["bufferedAmount", "close", "send", "terminate"]);
  });

  it("tells what happens: text frames, and how it ended", () => {
    const heard: unknown[] = [];
    const { native } = dial({
      open: () => heard.push("open"),
      message: (text) => heard.push(text),
      pong() {},
      close: (close: SocketClose) => heard.push(close),
    });
    native.onopen?.();
    native.onmessage?.({ data: "frame" });
    native.onmessage?.({ data: new ArrayBuffer(1) });
    native.onerror?.({});
    native.onclose?.({ code: 1006, reason: "" });
    expect(heard).toEqual(["open", "frame", { code: 1006, reason: "", error: undefined }]);
  });

  it("takes no options for TLS", () => {
    expect(() => browser.isomorphicSocket("wss://msb.test", listener, { ...options, tls: {} })).toThrow(
      "tls: is for Node.js: a browser trusts",
    );
  });
});

describe("what only Node.js has says so", () => {
  it("nodeSocket()", () => {
    expect(browser.isNodePlatform()).toBe(false);
    expect(() => browser.nodeSocket()).toThrow(/nodeSocket: is for Node\.js/);
  });

  it("a properties file", () => {
    expect(() => browser.readPropertiesFile("press.properties")).toThrow(
      "press.properties: cannot be read here: that needs Node 20.16 or later Give the identity",
    );
  });
});

it.each(["close 1006 ws", "close 1002 wss", "close 4000 ws", "Connection refused ws"])(
  "the remedy is the one that Node.js names as well: %s",
  (failure) => {
    const close = { code: 1006, reason: "" };
    expect(browser.connectRemedy(failure)).toBe(platform.connectRemedy(failure, close));
  },
);
