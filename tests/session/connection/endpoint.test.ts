import { describe, expect, it } from "vitest";
import { rawFraming, sockJsFraming } from "../../../src/core/codec/index.ts";
import { MsbError } from "../../../src/index.ts";
import { parseMsbUrl, socketUrl } from "../../../src/session/connection/endpoint.ts";

describe("the URL of the MSB", () => {
  it.each([
    ["http://localhost:8085", "ws://localhost:8085"],
    ["https://msb.example:8084/", "wss://msb.example:8084"],
    ["ws://127.0.0.1:8085/path/", "ws://127.0.0.1:8085/path"],
    ["wss://[::1]:8084//", "wss://[::1]:8084"],
    [" WSS://MSB.example ", "wss://msb.example"],
  ])("%s becomes %s", (url, base) => expect(parseMsbUrl(url)).toBe(base));

  it.each([
    ["", "is empty"],
    ["localhost:8085", "has no scheme"],
    ["msb.example", "has no scheme"],
    ["ftp://msb.example", "has the scheme ftp://, which the MSB does not use"],
    ["mqtt://msb.example:1883", "has the scheme mqtt://, which the MSB does not use"],
    ["http://", "cannot be read"],
    ["http://host:port", "cannot be read"],
    ["http://user:secret@msb.example", "holds credentials, which the MSB does not take"],
    ["http://user@msb.example", "holds credentials"],
    ["http://:secret@msb.example", "holds credentials"],
    ["http://msb.example/#part", "has a query or a fragment"],
    ["see http://msb.example", "has no scheme"],
    ["   ", "is empty"],
    ["http://msb.example/?token=1", "has a query or a fragment, which the MSB does not take"],
    [undefined as unknown as string, "is not a string"],
  ])("%s is refused: %s", (url, problem) => {
    const attempt = (): string => parseMsbUrl(url);
    expect(attempt).toThrow(MsbError);
    expect(attempt).toThrow(problem);
    expect(attempt).toThrow("Give http://, https://, ws:// or wss://");
  });

  it("has the SockJS path with a new server and session every time", () => {
    const urls = Array.from({ length: 200 }, () => socketUrl("ws://h:1/p", sockJsFraming));
    for (const url of urls) {
      expect(url).toMatch(/^ws:\/\/h:1\/p\/websocket\/data\/[1-9]\d\d\/[0-9a-f]{32}\/websocket$/);
    }
    expect(new Set(urls).size).toBe(urls.length);
  });

  it("has the raw path", () =>
    expect(socketUrl("ws://h:1", rawFraming)).toBe("ws://h:1/websocket/data/websocket"));
});
