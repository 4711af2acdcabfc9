import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService } from "../../support/broker/describe.ts";
import { CERTIFICATE, KEY } from "../../support/broker/fixtures/certificate.ts";
import { rawRequest } from "../../support/broker/raw-http.ts";

const tls = { cert: CERTIFICATE, key: KEY };

test("every port serves everything, http and https side by side", async () => {
  await using broker = await startBroker({ port: [0, 0], tls: { ...tls, port: 0 } });
  expect(broker.urls.map((url) => url.replace(/\d+$/, ""))).toEqual([
    "http://127.0.0.1:",
    "http://127.0.0.1:",
    "https://127.0.0.1:",
  ]);
  expect(new Set(broker.urls).size).toBe(3);
  expect([broker.url, broker.port]).toEqual([broker.urls[0], Number(new URL(broker.url).port)]);
  for (const [index, url] of broker.urls.entries()) {
    for (const framing of FRAMINGS) {
      await (await BareClient.connect(url, framing)).register(describeService(`${framing}${index}`));
    }
    const { text } = await rawRequest(url, "/broker/state");
    expect(JSON.parse(text).services).toHaveLength(2 * (index + 1));
  }
});

test("with a certificate and no port of its own, all ports are https", async () => {
  await using broker = await startBroker({ port: [0, 0], tls });
  expect(broker.urls.every((url) => url.startsWith("https:"))).toBe(true);
});

test("a restart takes the same ports again, and a closed broker none", async () => {
  await using broker = await startBroker({ port: [0, 0] });
  const { urls } = broker;
  await broker.faults.restart();
  expect(broker.urls).toEqual(urls);
  for (const url of urls) {
    expect((await fetch(`${url}/info`)).status).toBe(200);
  }
  await broker.close();
  for (const url of urls) {
    await expect(fetch(url)).rejects.toThrow();
  }
});

test("if one of them is taken, none is listened on", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const taken = (other.address() as AddressInfo).port;
  await using free = await startBroker();
  const { port } = free;
  await free.close();
  await expect(startBroker({ port: [port, taken] })).rejects.toThrow(`Port ${taken} on 127.0.0.1 is taken`);
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  other.close();
});

test.each([
  [{ port: [] }, /port: must be a whole number from 0 to 65535/],
  [{ port: [1, 70_000] }, /port: must be a whole number .*not 1,70000/],
  [{ port: [8085, 8085] }, /port: 8085 is listed twice/],
  [{ tls: { ...tls, port: -1 } }, /tls\.port: must be a whole number/],
])("%j is refused", async (options, message) => {
  await expect(startBroker(options)).rejects.toThrow(message);
});

test("health", async () => {
  await using broker = await startBroker({ token: "secret-token" });
  const response = await fetch(`${broker.url}/actuator/health`);
  expect([response.status, await response.json()]).toEqual([200, { status: "UP" }]);
});
