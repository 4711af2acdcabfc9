import { afterEach, describe, expect, it, vi } from "vitest";
import { isomorphicSocket, MsbClient, nodeSocket } from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";

// As in Jest's jsdom: the import is a stub that throws, and there is a page with a WebSocket.
vi.mock("isomorphic-ws", () => ({
  default: class {
    constructor() {
      throw new Error("ws does not work in the browser");
    }
  },
}));

class NativeSocket {
  static made: NativeSocket[] = [];
  readonly parameters: unknown[];
  readonly bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor(...parameters: unknown[]) {
    this.parameters = parameters;
    NativeSocket.made.push(this);
  }

  send(): void {}

  close(): void {}
}

function page(): void {
  vi.stubGlobal("document", {});
  vi.stubGlobal("WebSocket", NativeSocket);
  NativeSocket.made = [];
}

const listener = { open() {}, message() {}, pong() {}, close() {} };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("in a page", () => {
  it("the native WebSocket is taken, whatever the import gives", () => {
    page();
    const socket = isomorphicSocket("ws://msb.test/x", listener, {
      hostnameVerification: true,
      maxPayload: 9,
    });
    expect(NativeSocket.made.map(({ parameters }) => parameters)).toEqual([["ws://msb.test/x", []]]);
    // The client leaves out what is not there.
    expect(socket).not.toHaveProperty("ping");
    expect(socket).not.toHaveProperty("pause");
    expect(socket).not.toHaveProperty("resume");
  });

  it("the native WebSocket is taken even if the page's jsdom is known, and the import is a stub", () => {
    page();
    vi.stubGlobal("jsdom", { window: { WebSocket: NativeSocket } });
    isomorphicSocket("ws://msb.test/x", listener, { hostnameVerification: true });
    expect(NativeSocket.made).toHaveLength(1);
  });

  it("the option tls is refused at once, with everything else that is wrong", () => {
    page();
    const options = { ...identity(), tls: { servername: "msb.example" } };
    expect(() => new MsbClient({ ...options, reconnectInterval: 1 })).toThrow(
      expect.objectContaining({
        issues: [
          { path: "reconnectInterval", message: expect.any(String) },
          { path: "tls", message: expect.stringContaining("is for Node.js: a browser trusts") },
        ],
      }),
    );
    expect(() => new MsbClient({ ...options, socket: () => new NativeSocket() as never })).not.toThrow();
    expect(() =>
      isomorphicSocket("wss://msb.test", listener, { hostnameVerification: true, tls: {} }),
    ).toThrow("is for Node.js");
  });

  it("nodeSocket() is refused", () => {
    page();
    expect(() => nodeSocket()).toThrow(/nodeSocket: is for Node\.js/);
  });
});

describe("without a page", () => {
  it.each([
    ["a document alone", () => vi.stubGlobal("document", {}), "WebSocket"],
    ["a native WebSocket alone", () => vi.stubGlobal("WebSocket", NativeSocket), "document"],
  ])("the import is taken: %s", (_name, stub, other) => {
    stub();
    vi.stubGlobal(other, undefined);
    expect(() => isomorphicSocket("ws://msb.test", listener, { hostnameVerification: true })).toThrow(
      "ws does not work in the browser",
    );
  });
});
