import { describe, expect, expectTypeOf, it } from "vitest";
import type { MsbClientEvents } from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";

type Heard = MsbClientEvents["message"];

describe("the event message", () => {
  it.each(FRAMINGS)(
    "tells every message, out of its frame, in its order ($framing)",
    async ({ sockJsFraming }) => {
      const broker = await testBroker();
      const client = testClient({ sockJsFraming, token: "s3cret" });
      const event = client.addEvent({ eventId: "E", dataFormat: "string" });
      client.addFunction({ functionId: "F", responseEvents: [event], handler: () => "answer" });
      const heard: Heard[] = [];
      const from = Date.now();
      const stop = client.on("message", (message) => heard.push(message));
      await client.start(broker.url);
      await event.publish("23 °C");
      const answer = broker.waitForEvent({ correlationId: "c" });
      broker.call(client.uuid, "F", undefined, { correlationId: "c" });
      await answer;
      await client.flush();
      expect(heard.map(({ direction, text }) => `${direction} ${/^\w+/.exec(text)?.[0]}`)).toEqual([
        "in IO_CONNECTED",
        "out R",
        "in IO_REGISTERED",
        "out E",
        "in IO_PUBLISHED",
        "in C",
        "out E",
        "in IO_PUBLISHED",
      ]);
      // As it is, with the token.
      expect(heard[1]?.text).toBe(`R ${JSON.stringify(client.getSelfDescription())}`);
      expect(heard[3]?.text).toContain('"dataObject":"23 °C"');
      for (const { at } of heard) {
        expect(at).toBeGreaterThanOrEqual(from);
        expect(at).toBeLessThanOrEqual(Date.now());
      }
      stop();
      await event.publish("unheard");
      expect(heard).toHaveLength(8);
    },
  );

  it("tells the events of a batch one by one", async () => {
    const { client, event, last, register } = scriptedClient({ batch: true });
    await register();
    const heard: string[] = [];
    client.on("message", ({ direction, text }) =>
      heard.push(`${direction} ${text.replace(/.*"dataObject":/, "")}`),
    );
    const published = [1, 2].map((value) => event.publish(value));
    await settled();
    expect(heard).toEqual(["out 1}", "out 2}"]);
    last().serverSends("IO_PUBLISHED", "IO_PUBLISHED");
    await Promise.all(published);
  });

  it("puts nothing together while nobody listens, though others listen to other things", async () => {
    const { client, clock, event, last, register } = scriptedClient();
    await register();
    let looks = 0;
    const { now } = clock;
    clock.now = () => {
      looks += 1;
      return now.call(clock);
    };
    const publish = async (): Promise<number> => {
      looks = 0;
      const published = event.publish(1, { postDate: "2017-07-14T02:40:00.123Z" });
      last().serverSends("IO_PUBLISHED");
      await published;
      return looks;
    };
    const before = await publish();
    client.on("message", () => {});
    expect(await publish()).toBe(before + 2);
  });

  it("survives a listener that fails, or that disconnects before the message is sent", async () => {
    const { client, clock, errors, event, last, register } = scriptedClient();
    await register();
    const stop = client.on("message", () => {
      throw new Error("out of paper");
    });
    const first = event.publish(1);
    last().serverSends("IO_PUBLISHED");
    await first;
    expect(errors.map(({ code }) => code)).toEqual(["HANDLER_FAILED", "HANDLER_FAILED"]);
    stop();
    const sent = last().sent.length;
    let disconnected: Promise<void> | undefined;
    client.once("message", () => {
      disconnected = client.disconnect();
    });
    const second = event.publish(2);
    const told = expect(second).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(last().sent).toHaveLength(sent);
    last().serverCloses({ code: 1000 });
    await Promise.all([told, disconnected]);
    expect(clock.pending).toBe(0);
  });

  it.each([false, true])(
    "lets a listener publish: its event follows the one that it was told of, and so do their answers (batch: %s)",
    async (batch) => {
      const { client, event, last, register, sentValues } = scriptedClient({ batch });
      await register();
      const published: Promise<unknown>[] = [];
      client.on("message", ({ direction, text }) => {
        if (direction === "out" && text.includes('"dataObject":1}')) {
          published.push(event.publish(2));
        }
      });
      published.unshift(event.publish(1));
      await settled();
      expect(sentValues()).toEqual([1, 2]);
      last().serverSends("IO_PUBLISHED", "NIO_EVENT_FORWARDING_ERROR");
      expect((await Promise.allSettled(published)).map(({ status }) => status)).toEqual([
        "fulfilled",
        "rejected",
      ]);
    },
  );

  it("tells what comes while it connects", async () => {
    const { client, last } = scriptedClient();
    const heard: string[] = [];
    client.on("message", ({ text }) => heard.push(text));
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    expect(heard).toEqual(["IO_CONNECTED"]);
  });

  it("is typed", () => {
    expectTypeOf<Heard>().toEqualTypeOf<{
      readonly direction: "in" | "out";
      readonly text: string;
      readonly at: number;
    }>();
  });
});
