// Whom the page server of the demo answers, and what it says.
import { request } from "node:http";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Plant } from "../../demo/plant/plant.ts";
import { onlyOwnPages } from "../../demo/server/own-pages.ts";
import { plantRoutes } from "../../demo/server/plant-routes.ts";
import { Demo } from "../support/demo/demo.ts";

vi.setConfig({ testTimeout: 120_000 });

let demo: Demo;

beforeAll(async () => {
  demo = await Demo.start();
});

afterAll(() => demo?.[Symbol.asyncDispose]());

test.each([
  ["names its origin", { Origin: "http://evil.example" }],
  ["is of another port of this computer", { Origin: "http://127.0.0.1:1" }],
  ["names none", { "Sec-Fetch-Site": "cross-site" }],
  ["is of the same site", { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors" }],
  ["is opened from a file", { Origin: "null" }],
])("a foreign page that %s commands nothing, and sets nothing", async (_, headers) => {
  const { cable } = await demo.until("plugged in", ({ cable }) => cable === "plugged");
  for (const [method, path, body] of [
    ["POST", "plant/unplug", undefined],
    ["POST", "plant/crash-press", undefined],
    ["PUT", "plant/temperature-limit", "30"],
    ["GET", "session", undefined],
    ["GET", "plant", undefined],
  ] as const) {
    const answer = await ask(method, path, headers, body);
    expect(answer).toEqual([403, { message: "Only the pages of this server may ask for this." }]);
  }
  const after = await demo.until("known", () => true);
  expect(after).toMatchObject({ cable, isPressRunning: true, temperatureLimit: 55 });
});

test("a page that lets its name point to this computer is refused", async () => {
  const { port } = new URL(demo.url);
  const headers = {
    Host: `evil.example:${port}`,
    Origin: `http://evil.example:${port}`,
    "Sec-Fetch-Site": "same-origin",
  };
  const answer = await ask("POST", "plant/crash-press", headers);
  expect(answer).toEqual([421, { message: "This is not a name of this computer." }]);
});

test("its own pages command, under any name of this computer, and a link from elsewhere leads to the page", async () => {
  const { port } = new URL(demo.url);
  const own = {
    Host: `localhost:${port}`,
    Origin: `http://localhost:${port}`,
    "Sec-Fetch-Site": "same-origin",
  };
  expect(await ask("POST", "plant/plug", own)).toEqual([204, undefined]);
  const link = await ask("GET", "", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" });
  expect(link).toEqual([200, expect.stringContaining("<!doctype html>")]);
});

test("a stranger's page cannot put it into a frame", async () => {
  for (const path of ["", "plain.html", "session"]) {
    const { headers } = await fetch(new URL(path, demo.url));
    expect(headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
  }
});

test("a name that was given with --host is one of this computer", async () => {
  const app = new Hono().use(onlyOwnPages(["plant.example"])).get("/", (c) => c.text("page"));
  const statusFor = async (Host: string) => (await app.request("/", { headers: { Host } })).status;
  expect(await statusFor("Plant.example:8080")).toBe(200);
  expect(await statusFor("evil.example:8080")).toBe(421);
});

test("a limit that comes in pieces is taken, and one that is endless is not read to its end", async () => {
  expect(await ask("PUT", "plant/temperature-limit", { "Transfer-Encoding": "chunked" }, '"warm"')).toEqual([
    400,
    { message: "The limit must be a number from 20 to 120 °C." },
  ]);
  const endless = " ".repeat(1_100_000);
  expect(await ask("PUT", "plant/temperature-limit", {}, endless)).toMatchObject([413, {}]);
});

test("whoever asks only for the head of the stream is answered, and costs nothing", async () => {
  let listeners = 0;
  const onChange = () => {
    listeners += 1;
    return () => {};
  };
  const routes = plantRoutes({ state: {}, onChange } as unknown as Plant);
  const { status, headers } = await routes.request("/plant", { method: "HEAD" });
  expect([status, headers.get("content-type"), listeners]).toEqual([200, "text/event-stream", 0]);
  expect((await fetch(`${demo.url}plant`, { method: "HEAD" })).status).toBe(200);
});

test("what is asked for in the wrong way is named with its method", async () => {
  expect(await ask("POST", "session", {})).toEqual([404, { message: "Nothing answers POST /session." }]);
});

test("a command that does not exist is refused with those that do", async () => {
  expect(await ask("POST", "plant/explode", {})).toEqual([
    404,
    { message: "There is no command explode, but plug, unplug, half-open, crash-press, restart-broker." },
  ]);
  expect(await ask("POST", "plant/constructor", {})).toMatchObject([404, {}]);
});

test("nothing outside of the folder of the page is served", async () => {
  for (const path of ["..%2Fstart.ts", "%2e%2e%2fplain.html", "main.tsx", "no.html"]) {
    expect((await ask("GET", path, {}))[0]).toBe(404);
  }
});

test("the session says where everything is, under the name by which the page was asked for", async () => {
  const { port } = new URL(demo.url);
  const [, session] = await ask("GET", "session", { Host: `localhost:${port}` });
  const { msbUrl, consoleUrl, networkUrls, qrCode } = session as Awaited<ReturnType<Demo["session"]>>;
  expect(msbUrl).toMatch(/^http:\/\/localhost:\d+$/);
  expect(consoleUrl).toBe(`${msbUrl}/`);
  expect(networkUrls).toEqual([]);
  expect(qrCode).toBeUndefined();
  expect((await fetch(consoleUrl)).status).toBe(200);
});

/** As a browser would, which sets headers that fetch() of Node.js does not let through. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<[status: number | undefined, body: unknown]> {
  return new Promise((resolve, reject) => {
    const sent = request(`${demo.url}${path}`, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => {
        const isJson = response.headers["content-type"]?.startsWith("application/json") === true;
        resolve([response.statusCode, isJson ? JSON.parse(text) : text || undefined]);
      });
    });
    sent.on("error", reject).end(body);
  });
}
