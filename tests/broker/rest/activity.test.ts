import { expect, test } from "vitest";
import type { Broker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService } from "../../support/broker/describe.ts";
import { ask } from "../../support/broker/rest.ts";
import { testBroker, testClient } from "../../support/setup.ts";

test("what each service sends, and the last seconds of it", async () => {
  const broker = await testBroker();
  const press = testClient({ uuid: "press" });
  press.addEvent({ eventId: "READ", dataFormat: "integer" });
  await press.connect(broker.url);
  await press.register();
  const before = Date.now();
  for (let index = 0; index < 9; index += 1) {
    await press.publish("READ", index);
  }
  const { services, time, problems, moreProblems } = await activity(broker);
  expect(services).toMatchObject([{ uuid: "press", messages: 10, refused: 0, registrations: 1, queued: 0 }]);
  expect(services[0].rate).toBeGreaterThan(0);
  expect(services[0].lastSeen).toBeGreaterThanOrEqual(before);
  expect(services[0].lastSeen).toBeLessThanOrEqual(time);
  expect([problems, moreProblems]).toEqual([[], 0]);
  await expect
    .poll(async () => {
      const { body } = await ask(broker.url, "GET", "/broker/history");
      return body.samples.reduce((sum: number, { messages }: { messages: number }) => sum + messages, 0);
    })
    // IO_CONNECTED, R, E and their answers.
    .toBe(21);
});

test("what was refused, what waits, who comes back again and again, and faults: since when, and how often", async () => {
  const broker = await testBroker();
  const press = testClient({ uuid: "press", reconnectInterval: 3_000 });
  press.addEvent({ eventId: "READ", dataFormat: "integer" });
  const display = testClient({ uuid: "display" });
  display.addFunction({ functionId: "SHOW", dataFormat: "integer", handler: () => {} });
  for (const client of [press, display]) {
    await client.connect(broker.url);
    await client.register();
  }
  broker.addFlow({ from: { uuid: "press", eventId: "READ" }, to: { uuid: "display", functionId: "SHOW" } });
  const start = Date.now();
  broker.faults.refuseNext("E", { uuid: "press", count: 5 });
  await expect(press.publish("READ", 1)).rejects.toThrow();
  await expect(press.publish("READ", 2)).rejects.toThrow();
  await display.disconnect();
  broker.faults.clear();
  await press.publish("READ", 3);
  await press.publish("READ", 4);
  broker.faults.delay(1);
  broker.faults.stopAcknowledging("R", "nobody");
  broker.faults.refuseNext("R", { uuid: "nobody", count: 2 });

  const found = async () => (await activity(broker)).problems;
  expect(await found()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        kind: "refused",
        uuid: "press",
        count: 2,
        reason: expect.stringContaining("NIO_"),
      }),
      expect.objectContaining({ kind: "waiting", uuid: "display", count: 2 }),
      expect.objectContaining({ kind: "fault", delay: 1 }),
      expect.objectContaining({ kind: "fault", silence: { kind: "R", uuid: "nobody" }, count: 0 }),
      expect.objectContaining({
        kind: "fault",
        refusal: expect.objectContaining({ remaining: 2 }),
        count: 0,
      }),
    ]),
  );
  expect(await found()).toHaveLength(5);
  for (const { since, last = since } of await found()) {
    expect(since).toBeGreaterThanOrEqual(start);
    expect(last).toBeGreaterThanOrEqual(since);
    expect(last).toBeLessThanOrEqual(Date.now());
  }
  expect((await activity(broker)).services).toMatchObject([{ uuid: "press", refused: 2 }, { queued: 2 }]);

  broker.faults.clear();
  await comeBack(broker, 2);
  expect((await found()).map(({ kind }: { kind: string }) => kind)).not.toContain("returned");
  await comeBack(broker, 1);
  expect(await found()).toContainEqual(
    expect.objectContaining({ kind: "returned", uuid: "flapper", count: 3 }),
  );
});

/** A service that registers on one connection after the other; its first time is no return. */
async function comeBack(broker: Broker, times: number): Promise<void> {
  const isNew = !broker.knownServices.some(({ service }) => service.uuid === "flapper");
  for (let index = isNew ? -1 : 0; index < times; index += 1) {
    const flapper = testClient({ uuid: "flapper" });
    await flapper.connect(broker.url);
    await flapper.register();
    // Again on the same connection, as after a change of a parameter: that is none either.
    await flapper.register();
    await flapper.disconnect();
  }
}

test("calls that are dropped, and a connection that is half-open", async () => {
  const broker = await testBroker();
  const press = testClient({ uuid: "press" });
  press.addEvent({ eventId: "READ", dataFormat: "integer" });
  await press.connect(broker.url);
  await press.register();
  const flow = { from: { uuid: "press", eventId: "READ" }, to: { uuid: "gone", functionId: "SHOW" } };
  broker.addFlow(flow);
  for (let index = 0; index < 1_003; index += 1) {
    broker.publish("press", "READ", index);
  }
  broker.faults.halfOpen("press");
  const { problems } = await activity(broker);
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "dropped", uuid: "gone", count: 3, reason: "its queue is full" }),
      expect.objectContaining({ kind: "waiting", uuid: "gone", count: 1_000 }),
      expect.objectContaining({ kind: "halfOpen", uuid: "press", connectionId: "c1" }),
    ]),
  );
  expect(problems).toHaveLength(3);
  // Asked for again, it is still half-open since then.
  const sinceWhen = async () =>
    (await activity(broker)).problems.find(({ kind }: { kind: string }) => kind === "halfOpen").since;
  const since = await sinceWhen();
  await expect.poll(() => Date.now()).toBeGreaterThan(since);
  broker.faults.halfOpen("press");
  expect(await sinceWhen()).toBe(since);
  // So that the client finds out, and can end.
  broker.faults.clear();
});

test("a gateway that comes back again and again is one problem, however many services are behind it", async () => {
  const broker = await testBroker();
  const behind = Array.from({ length: 3 }, (_, index) => describeService(`s${index}`));
  for (let times = 0; times < 4; times += 1) {
    const client = await BareClient.connect(broker.url, "raw");
    await client.register(describeService("gateway", { "@class": "Gateway", services: behind }));
    const gone = broker.waitForDisconnect("gateway");
    broker.cut("gateway");
    await gone;
  }
  expect((await activity(broker)).problems).toMatchObject([{ kind: "returned", uuid: "gateway", count: 3 }]);
});

test("of many problems the last ones are told, and how many more there are", async () => {
  const broker = await testBroker();
  for (let index = 0; index < 130; index += 1) {
    broker.faults.stopAcknowledging("E", `service ${index}`);
  }
  const { problems, moreProblems } = await activity(broker);
  expect([problems.length, moreProblems]).toEqual([100, 30]);
});

test("a browser that opens the description gets the page for people, a program the JSON", async () => {
  const broker = await testBroker();
  const open = (path: string, accept: string) =>
    fetch(`${broker.url}${path}`, { headers: { Accept: accept }, redirect: "manual" });
  const browser = "text/html,application/xhtml+xml,*/*;q=0.8";
  const page = await open("/v3/api-docs", browser);
  expect([page.status, page.headers.get("location"), page.headers.get("vary")]).toEqual([
    302,
    "/#/api",
    expect.stringMatching(/Accept/),
  ]);
  for (const [path, accept] of [
    ["/v3/api-docs", "*/*"],
    ["/v3/api-docs", "application/json"],
    ["/v3/api-docs", "application/json, text/html;q=0.5"],
    ["/v3/api-docs?format=json", browser],
  ] as const) {
    const { status, headers } = await open(path, accept);
    expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
  }
  const wrong = await ask(broker.url, "GET", "/v3/api-docs?format=yaml");
  expect(wrong).toMatchObject({ status: 400, body: { issues: [{ path: "format" }] } });
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
async function activity(broker: Broker): Promise<any> {
  return (await ask(broker.url, "GET", "/broker/activity")).body;
}
