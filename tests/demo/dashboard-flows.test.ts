// What the broker has of dashboards that come, go and come back.
import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { dashboardOf } from "../../demo/dashboard.ts";
import { serveDashboards } from "../../demo/plant/dashboard-flows.ts";
import type { Broker } from "../../src/broker/index.ts";
import { contract, DataType } from "../../src/index.ts";
import { testBroker, testClient } from "../support/setup.ts";

/** For each event and each function of the three machines. */
const ONE_PAGE = 16;

async function serve(awaited: number, kept: number): Promise<Broker> {
  const broker = await testBroker();
  onTestFinished(serveDashboards(broker, { awaited, kept }));
  return broker;
}

function pageOf(uuid: string = randomUUID()) {
  const page = dashboardOf(uuid);
  onTestFinished(() => page.client.disconnect());
  return page;
}

const known = (broker: Broker): string[] => broker.knownServices.map(({ service }) => service.uuid);

test("a page has its flows once, however often it registers, and none when it has been away for long; then it is forgotten", async () => {
  const broker = await serve(500, 500);
  const { client } = pageOf("page-1");
  await client.start(broker.url);
  await client.register();
  expect(broker.flows).toHaveLength(ONE_PAGE);
  await client.disconnect();
  expect(known(broker)).toEqual(["page-1"]);
  await expect.poll(() => broker.flows).toEqual([]);
  await expect.poll(() => known(broker)).toEqual([]);
});

test("six loads of one page are one service, and its flows stay while it loads", async () => {
  const broker = await serve(60_000, 60_000);
  for (let load = 0; load < 6; load++) {
    const { client } = pageOf("page-1");
    await client.start(broker.url);
    expect(broker.flows).toHaveLength(ONE_PAGE);
    await client.disconnect();
    expect(broker.flows).toHaveLength(ONE_PAGE);
  }
  expect(known(broker)).toEqual(["page-1"]);
});

test("a page that comes back is not forgotten", async () => {
  const broker = await serve(100, 100);
  const first = pageOf("page-1");
  await first.client.start(broker.url);
  await first.client.disconnect();
  await pageOf("page-1").client.start(broker.url);
  const other = pageOf("page-2");
  await other.client.start(broker.url);
  await other.client.disconnect();
  // When the other one is, so would be the first.
  await expect.poll(() => known(broker)).toEqual(["page-1"]);
  expect(broker.flows).toHaveLength(ONE_PAGE);
});

test("an application with a counterpart of one machine gets its flows only, and others get none and are not forgotten", async () => {
  const broker = await serve(50, 50);
  const part = contract({ events: { MEASURED: { dataObject: { type: "object" } } } });
  const some = testClient({ uuid: "some", type: "Application" });
  some.counterpart(part, { uuid: "press", id: "press", name: "Press" });
  const other = testClient({ uuid: "other", type: "Application" });
  other.addFunction({ functionId: "SHOW", dataFormat: DataType.INT32, handler: () => {} });
  for (const client of [some, other]) {
    await client.start(broker.url);
  }
  expect(broker.flows.map(({ to }) => to)).toEqual([{ uuid: "some", functionId: "press.MEASURED" }]);
  await Promise.all([some.disconnect(), other.disconnect()]);
  await expect.poll(() => known(broker)).toEqual(["other"]);
});
