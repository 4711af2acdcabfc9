import { expect, it } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";
import { collectGarbage } from "../support/collect-garbage.ts";

it.each([
  ["before its answer", true],
  ["after it", false],
])(
  "a promise that is kept, and was awaited %s, keeps nothing of what was published with it",
  async (_, isBefore) => {
    const { event, last, register } = scriptedClient();
    await register();
    let signal: WeakRef<AbortSignal> | undefined;
    const publish = (): Promise<unknown> => {
      const controller = new AbortController();
      signal = new WeakRef(controller.signal);
      return event.publish(1, { signal: controller.signal });
    };
    const kept = publish();
    const before = isBefore ? kept.then(() => {}) : undefined;
    last().serverSends("IO_PUBLISHED");
    await (before ?? kept);
    await settled();
    collectGarbage();
    await settled();
    expect(signal?.deref()).toBeUndefined();
    expect(await kept).toMatchObject({ eventId: "E1" });
  },
);
