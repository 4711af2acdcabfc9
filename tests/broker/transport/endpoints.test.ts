import { once } from "node:events";
import { get as getHttp, Agent as HttpAgent } from "node:http";
import { get as getHttps, Agent as HttpsAgent } from "node:https";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS, refusedStatus } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { CERTIFICATE, KEY } from "../../support/broker/fixtures/certificate.ts";
import { rawRequest } from "../../support/broker/raw-http.ts";

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

describe("paths", () => {
  test.each([
    ["sockjs", "/websocket/data/100/0123456789abcdef0123456789abcdef/websocket"],
    ["sockjs", "/websocket/data/0/abc/websocket"],
    ["sockjs", "/websocket/data/999/ABCxyz09/websocket"],
    ["sockjs", "/websocket/data/123/abc/websocket/"],
    ["sockjs", "//websocket/data/123/abc/websocket"],
    ["sockjs", "//websocket//data/123/abc//websocket//"],
    ["sockjs", "/websocket/data/123/abc/websocket?a=b"],
    ["sockjs", "/websocket/data/1000/abc/websocket"],
    ["sockjs", "/websocket/data/server-a/a.session.with.dots/websocket"],
    ["raw", "/websocket/data/websocket"],
    ["raw", "/websocket/data/websocket/"],
    ["raw", "//websocket/data//websocket"],
  ] as const)("%s at %s", async (framing, path) => {
    const client = await BareClient.connect(broker.url, framing, path);
    expect(broker.connections).toMatchObject([{ framing }]);
    await client.register(describeService("u1"));
    await client.close();
  });

  test("SockJS opens with o, and each message has a frame of its own", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    client.send(`R ${JSON.stringify(describeService("u1"))}`, eventMessage("u1"), eventMessage("u1"));
    await client.expect("IO_REGISTERED", "IO_PUBLISHED", "IO_PUBLISHED");
    const frames = ["o", 'a["IO_CONNECTED"]', 'a["IO_REGISTERED"]', 'a["IO_PUBLISHED"]', 'a["IO_PUBLISHED"]'];
    expect(client.frames).toEqual(frames);
    await client.close();
  });

  test.each([
    "/",
    "/websocket",
    "/websocket/data",
    "/websocket/data/1.5/abc/websocket",
    "/websocket/data/123/abc/xhr",
    "/websocket/data/info",
    "/x/y",
  ])("a websocket at %s is refused", async (path) => {
    expect(await refusedStatus(broker.url, path)).toBe(404);
  });
});

describe("HTTP", () => {
  test.each(["/websocket/data/info", "//websocket/data/info", "/websocket/data/info/?t=1"])(
    "%s is a SockJS info document",
    async (path) => {
      const response = await fetch(`${broker.url}${path}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toMatch("application/json");
      expect(await response.json()).toMatchObject({
        websocket: true,
        cookie_needed: true,
        origins: ["*:*"],
      });
    },
  );

  test.each(["/", "/x", "/websocket/data/123/abc/xhr_send", "/websocket/data/123/abc/xhr_streaming"])(
    "%s is not found, in JSON",
    async (path) => {
      const response = await fetch(`${broker.url}${path}`, { method: "POST", body: '["x"]' });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: expect.any(String) });
    },
  );

  test("a plain GET of a websocket path is answered", async () => {
    const response = await fetch(`${broker.url}/websocket/data/websocket`);
    expect(response.status).toBe(400);
    await response.text();
  });
});

// Java's HTTP client offers HTTP/2 with each request; it was told that there is no websocket.
describe.each([{}, { tls: { cert: CERTIFICATE, key: KEY } }])(
  "a request that offers another protocol (%#)",
  (options) => {
    const OFFER = {
      Connection: "Upgrade, HTTP2-Settings",
      Upgrade: "h2c",
      "HTTP2-Settings": "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
    };

    test("is answered as any other", async () => {
      await using other = await startBroker(options);
      expect(await rawRequest(other.url, "/info", OFFER)).toMatchObject({ status: 200 });
      const body = JSON.stringify({
        from: { uuid: "ä", eventId: "E" },
        to: { uuid: "u", functionId: "x".repeat(100_000) },
      });
      const added = await rawRequest(other.url, "/broker/flows", OFFER, { method: "POST", body });
      expect([added.status, other.flows]).toEqual([201, [JSON.parse(body)]]);
      expect(await rawRequest(other.url, "/websocket/data/websocket", OFFER)).toMatchObject({ status: 400 });
      await (await BareClient.connect(other.url, "raw")).register(describeService("u1"));
    });

    test("may come again on its connection, which stays open", async () => {
      await using other = await startBroker(options);
      const isTls = other.url.startsWith("https");
      const agent = new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 1 });
      const sockets = new Set<unknown>();
      for (let count = 0; count < 15; count += 1) {
        const request = (isTls ? getHttps : getHttp)(`${other.url}/info`, {
          agent,
          headers: OFFER,
          rejectUnauthorized: false,
        });
        const [response] = await once(request, "response");
        sockets.add(request.socket);
        expect(response.statusCode).toBe(200);
        response.resume();
        await once(response, "end");
      }
      expect(sockets.size).toBe(1);
      agent.destroy();
    });
  },
);

describe("keep-alive", () => {
  test("sends h frames with SockJS, no websocket pings", async () => {
    await using eager = await startBroker({ heartbeatInterval: 10 });
    const client = await BareClient.connect(eager.url, "sockjs");
    let pings = 0;
    client.socket.on("ping", () => {
      pings += 1;
    });
    await expect.poll(() => client.frames.filter((frame) => frame === "h").length).toBeGreaterThan(2);
    expect(pings).toBe(0);
  });

  test.each(FRAMINGS)("sends ping, and takes pong (%s)", async (framing) => {
    await using eager = await startBroker({ heartbeatInterval: 0, pingInterval: 10 });
    const client = await BareClient.connect(eager.url, framing);
    await client.expect("ping");
    client.send("pong");
    await client.expect("ping");
    expect(client.frames).not.toContain("h");
  });

  test("answers a client's websocket ping", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    const pong = new Promise((resolve) => client.socket.once("pong", resolve));
    client.socket.ping();
    await pong;
  });

  // It kept an answer to each in memory, without a limit.
  test("answers the last of the pings of a client that does not read", async () => {
    const client = await BareClient.connect(broker.url, "raw");
    const last = "x".repeat(125);
    let pongs = 0;
    const answered = new Promise<void>((resolve) => {
      client.socket.on("pong", (data) => {
        pongs += 1;
        if (String(data) === last) {
          resolve();
        }
      });
    });
    client.socket.pause();
    const sent = 100_000;
    for (let count = 1; count < sent; count += 1) {
      client.socket.ping("y".repeat(125));
    }
    await new Promise((resolve) => client.socket.ping(last, true, resolve));
    client.socket.resume();
    await answered;
    expect(pongs).toBeLessThan(sent / 2);
    await client.register(describeService("u1"));
  });
});

test.each(FRAMINGS)(
  "a client that registers at once, before IO_CONNECTED, loses nothing (%s)",
  async (framing) => {
    const client = new BareClient(broker.url, framing);
    client.socket.on("open", () =>
      client.send(`R ${JSON.stringify(describeService("u1"))}`, eventMessage("u1")),
    );
    await client.expect("IO_CONNECTED", "IO_REGISTERED", "IO_PUBLISHED");
  },
);

describe("bad frames", () => {
  test.each(["/websocket/data/123/abc/websocket", "/websocket/data/websocket"])(
    "a client that closes together with its handshake is survived (%s)",
    async (path) => {
      const socket = connect(broker.port, "127.0.0.1");
      const headers = [
        "Host: 127.0.0.1",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
      ];
      const handshake = `GET ${path} HTTP/1.1\r\n${headers.join("\r\n")}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
      // A masked "pong", broken for SockJS, and a masked close frame.
      const frames = [0x81, 0x84, 0, 0, 0, 0, 0x70, 0x6f, 0x6e, 0x67, 0x88, 0x80, 0, 0, 0, 0];
      socket.write(Buffer.concat([Buffer.from(handshake), Buffer.from(frames)]));
      socket.resume();
      await once(socket, "close");
      await expect.poll(() => broker.connections).toEqual([]);
      const client = await BareClient.connect(broker.url, "sockjs");
      await client.register(describeService("u1"));
    },
  );

  test("white space around a SockJS frame is no matter", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    client.socket.send(
      ` ${JSON.stringify([`R ${JSON.stringify(describeService("u1"))}`, eventMessage("u1")])}\n`,
    );
    await client.expect("IO_REGISTERED", "IO_PUBLISHED");
  });

  test.each(FRAMINGS)("a frame of 1,000,000 bytes is taken, one more is not (%s)", async (framing) => {
    const client = await BareClient.connect(broker.url, framing);
    await client.register(describeService("u1"));
    const overhead =
      framing === "sockjs"
        ? JSON.stringify([eventMessage("u1", { dataObject: "" })]).length
        : eventMessage("u1", { dataObject: "" }).length;
    client.send(eventMessage("u1", { dataObject: "x".repeat(1_000_000 - overhead) }));
    await client.expect("IO_PUBLISHED");
    client.send(eventMessage("u1", { dataObject: "x".repeat(1_000_001 - overhead) }));
    const { code } = await client.closed;
    expect(code).toBe(1009);
  });
});
