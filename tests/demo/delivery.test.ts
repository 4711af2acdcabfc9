// Published = delivered + waiting + lost: of what two programs say at different moments.
import { expect, test, vi } from "vitest";
import { deliveryOf } from "../../demo/plant/delivery.ts";
import { Demo } from "../support/demo/demo.ts";

vi.setConfig({ testTimeout: 120_000 });

test.each([
  // What it shows, what the press says, what the bus got; published, delivered, waiting, lost.
  ["all is delivered", [9, 0], [9, 0], [9, 9, 0, 0]],
  ["one is on its way", [9, 1], [8, 0], [9, 8, 1, 0]],
  ["thirty wait", [40, 30], [10, 0], [40, 10, 30, 0]],
  ["one has arrived, and the press has not heard of it", [40, 31], [10, 0], [40, 10, 30, 0]],
  ["one is kept twice, since the press has crashed", [40, 32], [10, 0], [40, 10, 30, 0]],
  ["the bus is ahead of what the press said last", [40, 30], [45, 0], [45, 45, 0, 0]],
  ["later ones have arrived without three", [40, 0], [37, 3], [40, 37, 0, 3]],
  ["the press does not keep the last four, which have not arrived", [40, 0], [36, 0], [40, 36, 0, 4]],
  ["two are lost on the way, and two of those that waited", [40, 5], [31, 2], [40, 31, 5, 4]],
  ["nothing is known yet", [0, 0], [0, 0], [0, 0, 0, 0]],
] as const)("%s", (_, [published, kept], [delivered, missing], [all, ...parts]) => {
  const delivery = deliveryOf({ published, kept }, { delivered, missing });
  const { waiting, lost } = delivery;
  expect([delivery.published, delivery.delivered, waiting, lost]).toEqual([all, ...parts]);
  expect(delivery.delivered + waiting + lost).toBe(delivery.published);
});

test("however often the press crashes, a measurement waits once, and the counters add up at each moment", async () => {
  await using demo = await Demo.start();
  const wrong: string[] = [];
  let seen = 0;
  const until = (what: string, isWanted: Parameters<Demo["until"]>[1]) =>
    demo.until(what, (state) => {
      const { published, delivered, waiting, lost } = state.delivery;
      seen += 1;
      if (published !== delivered + waiting + lost || lost > 0) {
        wrong.push(JSON.stringify(state.delivery));
      }
      return isWanted(state);
    });
  await until("measuring", ({ delivery }) => delivery.delivered > 2);
  for (const cable of ["unplug", "half-open"] as const) {
    await demo.do(cable);
    const { delivery } = await until("some waiting", ({ delivery: { waiting } }) => waiting >= 3);
    await demo.do("crash-press");
    await until("measuring again", ({ delivery: { published } }) => published > delivery.published + 1);
  }
  const restarted = demo.do("restart-broker");
  await demo.do("plug");
  await demo.do("crash-press");
  await restarted;
  const { delivery } = await until("known", () => true);
  await until(
    "all delivered",
    ({ delivery: { delivered, waiting } }) => delivered > delivery.published && waiting === 0,
  );
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(20);
});
