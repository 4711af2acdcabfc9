import { request } from "node:http";
import { expect, test } from "vitest";
import { startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService } from "../../support/broker/describe.ts";
import { ask } from "../../support/broker/rest.ts";

/** With headers that fetch does not let through. */
function status(url: string, path: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

test.each([
  ["localhost:1", 200],
  ["127.0.0.1", 200],
  ["127.1.2.3:8085", 200],
  ["[::1]:8085", 200],
  ["broker.localhost", 200],
  ["evil.example", 421],
  ["127.0.0.1.evil.example", 421],
  ["localhost.evil.example:8085", 421],
])("on this computer the host %s is answered with %i", async (host, expected) => {
  await using broker = await startBroker();
  expect(await status(broker.url, "/broker/state", { Host: host })).toBe(expected);
});

test("requests of other pages are refused, those of its own page are not, and no page is let in by CORS", async () => {
  await using broker = await startBroker();
  const tell = (headers: Record<string, string>, method = "POST") =>
    status(broker.url, "/token/me", headers, method);
  expect(await tell({ Origin: "https://evil.example" })).toBe(403);
  expect(await tell({ Origin: "http://localhost:5173" })).toBe(403);
  expect(await tell({ Origin: "null" })).toBe(403);
  expect(await tell({ Origin: broker.url })).toBe(201);
  expect(await tell({ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" })).toBe(403);
  expect(await tell({ "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors" })).toBe(403);
  expect(await tell({ "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors" })).toBe(201);
  expect(
    await status(broker.url, "/info", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" }),
  ).toBe(200);
  const { headers } = await ask(broker.url, "GET", "/broker/state");
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect((await ask(broker.url, "OPTIONS", "/broker/flows")).status).toBe(404);
});

test("with a token", async () => {
  await using broker = await startBroker({ host: "0.0.0.0", token: "s3cret-token" });
  const paths = [
    "/broker/state",
    "/smartobject/u",
    "/v3/api-docs",
    "/actuator/info",
    "/broker/trace",
    "/broker/messages/1",
    "/broker/activity",
    "/broker/history",
    "/broker/flow-counts",
    "/broker/services/u/activity",
    "/broker/services/u/activity/e",
    "/nowhere",
  ];
  for (const path of paths) {
    const { status: code, body, headers } = await ask(broker.url, "GET", path);
    expect([path, code, body.error]).toEqual([path, 401, expect.stringContaining("token")]);
    expect(headers.get("www-authenticate")).toBe("Bearer");
  }
  const tell = (path: string, headers?: Record<string, string>) =>
    ask(broker.url, "GET", path, undefined, headers);
  expect((await tell("/broker/state", { Authorization: "Bearer s3cret-token" })).status).toBe(200);
  expect((await tell("/broker/state", { Authorization: "Bearer s3cret-tokem" })).status).toBe(401);
  expect((await tell("/broker/state", { Authorization: "Basic s3cret-token" })).status).toBe(401);
  expect((await tell("/broker/state?token=wrong")).status).toBe(401);
  const first = await tell("/broker/state?token=s3cret-token");
  expect(first.status).toBe(200);
  const cookie = first.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^msb_broker_\d+=s3cret-token; .*HttpOnly; SameSite=Strict/);
  expect((await tell("/broker/state", { Cookie: cookie.split(";")[0] ?? "" })).status).toBe(200);
  // Services need none, under whatever name they reach it.
  await (await BareClient.connect(broker.url, "sockjs")).register(describeService("u1"));
  expect(await status(broker.url, "/broker/state?token=s3cret-token", { Host: "broker.example" })).toBe(200);
});

test("bodies are bounded, with and without a length", async () => {
  await using broker = await startBroker();
  const long = JSON.stringify({ x: "x".repeat(1_000_000) });
  const chunked = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(long));
      controller.close();
    },
  });
  for (const init of [{ body: long }, { body: chunked, duplex: "half" }]) {
    const response = await fetch(`${broker.url}/broker/flows`, { method: "POST", ...init });
    expect([response.status, await response.json()]).toEqual([
      413,
      { error: expect.stringContaining("larger") },
    ]);
  }
  const right = await ask(broker.url, "POST", "/broker/flows", {
    from: { uuid: "u", eventId: "E" },
    to: { uuid: "u", functionId: "F" },
  });
  expect(right.status).toBe(201);
});

test.each(["__proto__", "constructor", "toString"])("the key %s is a name as any other", async (key) => {
  await using broker = await startBroker();
  const body = `{"from":{"uuid":"${key}","eventId":"${key}"},"to":{"uuid":"${key}","functionId":"F"},"__proto__":{"polluted":1},"mapping":{"/${key}":{"value":{"__proto__":{"polluted":1}}}}}`;
  expect((await ask(broker.url, "POST", "/broker/flows", body)).status).toBe(201);
  expect((await ask(broker.url, "GET", `/service/${key}`)).status).toBe(404);
  expect((await ask(broker.url, "GET", "/broker/state")).status).toBe(200);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
