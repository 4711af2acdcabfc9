import { startTestBench } from "msb-client-websocket/testing";
import { expect, test } from "vitest";
import { startService } from "./service.mjs";

test("a page connects, publishes and answers a call", async () => {
  document.body.innerHTML = "<output></output>";
  const { client, asked } = await startService({ uuid: process.env.MSB_UUID, url: process.env.MSB_URL });
  document.querySelector("output").textContent = await asked;
  expect(document.body.textContent).toBe("21");
  await client.flush();
  expect(client.stats().published).toBe(2);
  await client.disconnect();
});

test("a test bench has a broker of its own", async () => {
  const bench = await startTestBench();
  const { client } = await startService({ uuid: "dashboard", url: bench.url });
  expect(bench.broker.events.map(({ dataObject }) => dataObject)).toEqual(["Greetings 😀"]);
  await client.disconnect();
  await bench.close();
});
