/** @jest-environment node */
const { startTestBench } = require("msb-client-websocket/testing");

test("where there is no page, a test bench has a broker", async () => {
  const bench = await startTestBench();
  const client = bench.client();
  await client.start();
  expect(bench.broker.services.size).toBe(1);
  await bench.close();
});
