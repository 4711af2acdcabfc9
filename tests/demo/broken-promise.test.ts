import { expect, test, vi } from "vitest";
import { Demo } from "../support/demo/demo.ts";
import { temporaryFolder } from "../support/package/package.ts";

vi.setConfig({ testTimeout: 120_000 });

test("measurements that a press loses are counted as lost, and not as delivered or waiting", async () => {
  // Its press leaves behind what it has.
  await using folder = await temporaryFolder();
  await using demo = await Demo.start([], { TMPDIR: folder.path }, "tests/support/demo/broken/start.ts");
  const { delivery } = await demo.until("three lost", ({ delivery }) => delivery.lost >= 3);
  const { published, waiting, delivered, lost } = delivery;
  expect(delivered + waiting + lost).toBe(published);
  expect(delivered / lost).toBeCloseTo(4, -1);
  // As when it keeps its promise: a cable that is pulled loses none besides.
  await demo.do("unplug");
  const before = await demo.until("waiting", (state) => state.delivery.waiting > 10);
  await demo.do("plug");
  const after = await demo.until(
    "delivered",
    (state) => state.delivery.delivered > before.delivery.published,
  );
  expect(after.delivery.lost).toBe(Math.floor((after.delivery.published + 2) / 5));
});
