import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { type BrokerOptions, startBroker } from "../../../src/broker/index.ts";
import { nodeSocket } from "../../../src/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService } from "../../support/broker/describe.ts";
import { HANDSHAKE, rawRequest } from "../../support/broker/raw-http.ts";
import { testClient } from "../../support/setup.ts";

const EVIL = "https://evil.example";
const SOCKETS = ["/websocket/data/123/abc/websocket", "/websocket/data/websocket"];

/** A broker, and what its log says. */
async function start(options: BrokerOptions = {}) {
  const log: string[] = [];
  const broker = await startBroker({
    ...options,
    log: ({ level, message }) => log.push(`${level} ${message}`),
  });
  return { broker, log, [Symbol.asyncDispose]: () => broker.close() };
}

describe.each(SOCKETS)("a websocket at %s", (path) => {
  test.each([
    ["of a program", {}, 101],
    ["of a page on this computer", { Origin: "http://localhost:5173" }, 101],
    ["of a page on this computer, by address", { Origin: "https://127.0.0.1" }, 101],
    ["of a page on this computer, by IPv6", { Origin: "http://[::1]:3000" }, 101],
    ["of a program, under this computer's name", { Host: `${hostname()}:8085` }, 101],
    ["of another page", { Origin: EVIL }, 403],
    ["of a page that looks like one on this computer", { Origin: "http://localhost.evil.example" }, 403],
    ["of a file, or a sandboxed page", { Origin: "null" }, 403],
    ["of something that is no origin", { Origin: "localhost" }, 403],
    ["by DNS rebinding", { Origin: "http://evil.example:8085", Host: "evil.example:8085" }, 421],
    ["by DNS rebinding, without an origin", { Host: "evil.example" }, 421],
  ])("%s: %j is answered with %i", async (_who, headers, expected) => {
    await using started = await start();
    const { broker, log } = started;
    const { status } = await rawRequest(broker.url, path, { ...HANDSHAKE, ...headers });
    expect(status).toBe(expected);
    if (expected !== 101) {
      expect(broker.connections).toEqual([]);
      expect(log.join("\n")).toMatch(/^warn Refused a request from 127\.0\.0\.1: /m);
    }
  });

  test("the error tells the developer the option, and so does the log", async () => {
    await using started = await start();
    const { broker, log } = started;
    const origin = await rawRequest(broker.url, path, { ...HANDSHAKE, Origin: EVIL });
    expect(JSON.parse(origin.text)).toEqual({
      error: expect.stringContaining(`--allow-origin ${EVIL} (in code: allowOrigins: ["${EVIL}"])`),
    });
    const host = await rawRequest(broker.url, path, { ...HANDSHAKE, Host: "msb.test:80" });
    expect(JSON.parse(host.text)).toEqual({
      error: expect.stringContaining('--allow-host msb.test (in code: allowHosts: ["msb.test"])'),
    });
    expect(log.join("\n")).toMatch(/--allow-origin .*\n.*--allow-host /);
  });
});

test("a page of somebody else cannot get the calls that wait for a service", async () => {
  const flow = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "offline", functionId: "F1" } };
  await using broker = await startBroker({ flows: [flow] });
  await (await BareClient.connect(broker.url, "raw")).register(describeService("u1"));
  broker.publish("u1", "E1", "secret");
  const { status } = await rawRequest(broker.url, SOCKETS[1] ?? "", { ...HANDSHAKE, Origin: EVIL });
  expect([status, broker.queued("offline"), broker.queued()]).toEqual([403, 1, 1]);
});

describe("info", () => {
  const ask = (url: string, headers: Record<string, string>, method = "GET") =>
    rawRequest(url, "/websocket/data/info?t=1", headers, { method });

  test("is for programs, pages on this computer, and nobody else", async () => {
    await using broker = await startBroker();
    const program = await ask(broker.url, {});
    expect(program.status).toBe(200);
    expect(program.headers["access-control-allow-origin"]).toBeUndefined();
    const page = await ask(broker.url, { Origin: "http://localhost:5173" });
    expect([page.status, page.headers["access-control-allow-origin"]]).toEqual([
      200,
      "http://localhost:5173",
    ]);
    expect(page.headers["access-control-allow-credentials"]).toBe("true");
    for (const method of ["GET", "OPTIONS"]) {
      const evil = await ask(broker.url, { Origin: EVIL }, method);
      expect([evil.status, evil.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
    }
    expect((await ask(broker.url, { Host: "evil.example" })).status).toBe(421);
  });
});

describe("options", () => {
  test("allowOrigins lets in these pages, over the websocket and REST, and no others", async () => {
    await using broker = await startBroker({ allowOrigins: ["https://App.example/", "null"] });
    const status = async (headers: Record<string, string>) => [
      (await rawRequest(broker.url, SOCKETS[0] ?? "", { ...HANDSHAKE, ...headers })).status,
      (await rawRequest(broker.url, "/token/me", headers, { method: "POST" })).status,
    ];
    expect(await status({ Origin: "https://app.example" })).toEqual([101, 201]);
    expect(await status({ Origin: "null" })).toEqual([101, 201]);
    expect(await status({ Origin: EVIL })).toEqual([403, 403]);
    expect(await status({ Origin: "https://app.example:8443" })).toEqual([403, 403]);
    expect(await status({ Origin: "https://app.example", Host: "evil.example" })).toEqual([421, 421]);
  });

  test("allowOrigins takes an origin as a browser writes it: without the port that is its scheme's own", async () => {
    await using broker = await startBroker({
      allowOrigins: ["https://App.example:443", "http://bücher.example:80/"],
    });
    for (const Origin of ["https://app.example", "http://xn--bcher-kva.example"]) {
      expect((await rawRequest(broker.url, SOCKETS[0] ?? "", { ...HANDSHAKE, Origin })).status).toBe(101);
    }
  });

  test("a page that was let in may read the answers of REST, and ask first", async () => {
    await using broker = await startBroker({ allowOrigins: ["https://app.example"], token: "secret-token" });
    const preflight = {
      Origin: "https://app.example",
      "Access-Control-Request-Method": "DELETE",
      "Access-Control-Request-Headers": "authorization",
    };
    const asked = await rawRequest(broker.url, "/broker/faults", preflight, { method: "OPTIONS" });
    expect([asked.status, asked.headers]).toMatchObject([
      204,
      {
        "access-control-allow-origin": "https://app.example",
        "access-control-allow-methods": "GET, POST, PUT, DELETE",
        "access-control-allow-headers": expect.stringContaining("Authorization"),
      },
    ]);
    const origin = { Origin: "https://app.example" };
    const without = await rawRequest(broker.url, "/broker/state", origin);
    expect([without.status, without.headers["access-control-allow-origin"]]).toEqual([401, origin.Origin]);
    const right = await rawRequest(broker.url, "/broker/state", {
      ...origin,
      Authorization: "Bearer secret-token",
    });
    expect([right.status, right.headers["access-control-allow-origin"]]).toEqual([200, origin.Origin]);
    expect(right.headers["access-control-allow-credentials"]).toBeUndefined();
    const other = await rawRequest(
      broker.url,
      "/broker/faults",
      { ...preflight, Origin: EVIL },
      { method: "OPTIONS" },
    );
    expect([other.status, other.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
  });

  test("* lets in every page, and is warned of", async () => {
    await using started = await start({ allowOrigins: ["*"] });
    const { broker, log } = started;
    expect((await rawRequest(broker.url, SOCKETS[1] ?? "", { ...HANDSHAKE, Origin: EVIL })).status).toBe(101);
    expect(log[0]).toMatch(/^warn All origins are allowed: every web page/);
  });

  test("allowHosts takes names other than this computer's", async () => {
    await using broker = await startBroker({ allowHosts: ["Broker.Example"] });
    const status = async (path: string, headers: Record<string, string>) =>
      (await rawRequest(broker.url, path, headers)).status;
    const Host = "broker.example:8085";
    expect(await status("/broker/state", { Host })).toBe(200);
    expect(await status(SOCKETS[0] ?? "", { ...HANDSHAKE, Host })).toBe(101);
    expect(await status(SOCKETS[0] ?? "", { ...HANDSHAKE, Host, Origin: `http://${Host}` })).toBe(101);
    expect(await status("/broker/state", { Host: "other.example" })).toBe(421);
  });

  test("on all addresses programs may use any name; a page that rebinds its own is still a stranger", async () => {
    await using broker = await startBroker({ host: "0.0.0.0", token: "secret-token" });
    const status = async (headers: Record<string, string>) =>
      (await rawRequest(broker.url, SOCKETS[0] ?? "", { ...HANDSHAKE, ...headers })).status;
    expect(await status({ Host: "broker:8085" })).toBe(101);
    expect(await status({ Host: "evil.example:8085", Origin: "http://evil.example:8085" })).toBe(403);
    expect(await status({ Host: "192.168.1.5:8085", Origin: "http://192.168.1.5:8085" })).toBe(101);
  });

  test("that cannot be used are named", async () => {
    const wrong = startBroker({ allowOrigins: ["app.example", "https://a/b"], allowHosts: ["a b"] });
    await expect(wrong).rejects.toThrow(
      /allowHosts\[0\]: .*allowOrigins\[0\]: .*allowOrigins\[1\]: must be an origin/s,
    );
  });
});

test("our client's error for a refusal names the options", async () => {
  await using broker = await startBroker();
  const page = testClient({ socket: nodeSocket({ origin: EVIL }), autoReconnect: false });
  await expect(page.connect(broker.url)).rejects.toThrow(
    /^Cannot connect to .* \(the server answered HTTP 403 Forbidden\)\. .*--allow-origin or --allow-host/,
  );
  const otherHost = testClient({
    socket: nodeSocket({ headers: { Host: "evil.example" } }),
    autoReconnect: false,
  });
  await expect(otherHost.connect(broker.url)).rejects.toThrow(/HTTP 421 .*--allow-origin or --allow-host/);
});
