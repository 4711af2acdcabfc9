import { afterEach, describe, expect, it, vi } from "vitest";
import { testBroker, testClient } from "../support/setup.ts";

class OtherSocket {
  static made: string[] = [];

  constructor(url: string) {
    OtherSocket.made.push(url);
    throw new Error("this class is not for the client");
  }
}

/** A page as Vitest's jsdom makes it: globals of the page, and the page itself as `jsdom`. */
function page(WebSocket: unknown, ofPage: unknown): void {
  OtherSocket.made = [];
  vi.stubGlobal("document", {});
  vi.stubGlobal("WebSocket", WebSocket);
  vi.stubGlobal("jsdom", { window: { WebSocket: ofPage } });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("in Vitest's jsdom", () => {
  it("ws is taken: the page's own class throws when a connection opens", async () => {
    const broker = await testBroker();
    const client = testClient();
    page(OtherSocket, OtherSocket);
    await client.start(broker.url);
    expect(client.isRegistered()).toBe(true);
    expect(OtherSocket.made).toEqual([]);
  });

  it("a class that a test has put in its place is taken", async () => {
    page(OtherSocket, class {});
    await expect(testClient({ autoReconnect: false }).connect("http://127.0.0.1:1")).rejects.toMatchObject({
      code: "CONNECT_FAILED",
    });
    expect(OtherSocket.made).toHaveLength(1);
  });
});
