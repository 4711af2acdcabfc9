import { beforeAll, describe, expect, test } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { CERTIFICATE, KEY } from "../support/broker/fixtures/certificate.ts";
import { chosenLanguages } from "../support/interop/languages.ts";
import { normalise } from "../support/interop/normalise.ts";
import { describeService, PAYLOADS } from "../support/interop/service.ts";
import {
  callEcho,
  connect,
  connectByFlows,
  nextRegistration,
  PATIENCE,
  register,
  registerOurs,
  type Session,
  type Setting,
  THEIRS,
} from "../support/interop/session.ts";
import { readableTexts, writableTexts } from "../support/interop/texts.ts";

const { chosen, leftOut } = chosenLanguages();
for (const { language } of leftOut) {
  const line = `${language}: left out by the environment variable INTEROP=${process.env["INTEROP"]}`;
  console.warn(line);
  describe.skip(line, () => test("nothing of it was run", () => {}));
}

const cases = chosen.flatMap(({ framings, ...language }) =>
  framings.map((framing) => ({ ...language, framing })),
);

/** Some wait for a reconnect interval of 10 s, with Java. */
const SLOW = { timeout: 2 * PATIENCE };

describe.each(cases)("the official client of $language, $framing", ({ language, framing, prepare }) => {
  let setting: Setting;
  // Downloads, the first time.
  beforeAll(async () => {
    setting = { command: await prepare(), framing };
  }, 300_000);

  const described = ({ broker }: Session): Record<string, unknown> => {
    const service = broker.services.get(THEIRS);
    if (service === undefined) {
      throw new Error("not registered");
    }
    return normalise(service.selfDescription);
  };
  const ourDescription = (changed: Record<string, unknown> = {}): Record<string, unknown> => {
    const ours = describeService(THEIRS, {}, () => {});
    const description = structuredClone(normalise(ours.getSelfDescription())) as {
      configuration: { parameters: Record<string, { value: unknown }> };
    };
    for (const [name, value] of Object.entries(changed)) {
      const parameter = description.configuration.parameters[name];
      if (parameter !== undefined) {
        parameter.value = value;
      }
    }
    return description;
  };

  test("connects with its framing, and registers what our client registers", SLOW, async () => {
    const session = await register(setting);
    expect(session.broker.services.get(THEIRS)?.framing).toBe(framing);
    expect(described(session)).toEqual(ourDescription());
  });

  test("connects with TLS", SLOW, async () => {
    const session = await register(setting, { tls: { cert: CERTIFICATE, key: KEY } });
    expect(session.broker.url).toMatch(/^https:/);
    expect((await callEcho(session, "COUNT", 1)).answer.dataObject).toBe(1);
  });

  test("publishes", SLOW, async () => {
    const { broker, theirs } = await register(setting);
    for (const { id, value } of PAYLOADS) {
      const event = broker.waitForEvent({ uuid: THEIRS, eventId: id }, PATIENCE);
      const payload = value === undefined ? {} : { value };
      theirs.tell({ do: "publish", event: id, ...payload, correlationId: `flow "${id}"`, priority: 1 });
      const { dataObject, priority, correlationId, postDate } = await event;
      expect({ id, value: dataObject ?? undefined }).toEqual({ id, value });
      expect({ priority, correlationId }).toEqual({ priority: 1, correlationId: `flow "${id}"` });
      expect(Math.abs(Date.parse(postDate ?? "") - Date.now())).toBeLessThan(60_000);
    }
  });

  test("is called, and answers with events that carry the correlation id", SLOW, async () => {
    const session = await register(setting);
    for (const { id, value } of PAYLOADS) {
      const { called, answer } = await callEcho(session, id, value);
      expect({ id, value: called.value ?? undefined }).toEqual({ id, value });
      expect(called.correlationId).toBe(`echo ${id}`);
      expect({ id: answer.eventId, value: answer.dataObject ?? undefined }).toEqual({ id, value });
      // The priority of the event's definition; Python writes it as a word.
      expect(answer.priority).toBe(2);
    }
  });

  test("answers with two events, or with none, and is called without a correlation id", SLOW, async () => {
    const { broker, theirs } = await register(setting);
    broker.call(THEIRS, "NOTE", "no answer");
    expect(await theirs.next("called")).toMatchObject({ function: "NOTE", value: "no answer" });
    broker.call(THEIRS, "BOTH", "two answers", { correlationId: "both" });
    await theirs.next("called", (report) => report.function === "BOTH");
    await expect
      .poll(() => broker.events.length, { timeout: PATIENCE })
      // Nothing of NOTE is among them.
      .toBe(2);
    expect(broker.events.map(({ eventId, correlationId }) => [eventId, correlationId])).toEqual([
      ["TEXT", "both"],
      ["NOTHING", "both"],
    ]);
  });

  test("takes changed parameters over, and registers again", SLOW, async () => {
    const session = await register(setting);
    const { broker, theirs } = session;
    const changed = { limit: 5, factor: -0.25, label: "rechts, 中文", enabled: false };
    const again = nextRegistration(session);
    broker.configure(THEIRS, changed);
    await again;
    // Python registers once for each parameter, and once more.
    await expect.poll(() => described(session), { timeout: PATIENCE }).toEqual(ourDescription(changed));
    for (const [name, value] of Object.entries(changed)) {
      theirs.tell({ do: "config", name });
      expect(await theirs.next("config", (report) => report.name === name)).toEqual({ name, value });
    }
    expect((await callEcho(session, "COUNT", 1)).answer.dataObject).toBe(1);
  });

  test("survives heartbeats, and answers pings", SLOW, async () => {
    const session = await register(setting, { heartbeatInterval: 50, pingInterval: 50 });
    let pongs = 0;
    session.broker.on("message", ({ direction, text }) => {
      if (direction === "in" && text === "pong") {
        pongs += 1;
      }
    });
    await expect.poll(() => pongs, { timeout: PATIENCE }).toBeGreaterThanOrEqual(5);
    expect((await callEcho(session, "COUNT", 1)).answer.dataObject).toBe(1);
  });

  test("reconnects and registers again after a cut, and goes on", SLOW, async () => {
    const session = await register(setting);
    const { broker, theirs } = session;
    const again = nextRegistration(session);
    broker.cut(THEIRS);
    await again;
    expect(described(session)).toEqual(ourDescription());
    // Comes after IO_REGISTERED, so that the client knows by then that it may publish.
    expect((await callEcho(session, "COUNT", 1)).answer.dataObject).toBe(1);
    const event = broker.waitForEvent({ uuid: THEIRS, eventId: "TEXT" }, PATIENCE);
    theirs.tell({ do: "publish", event: "TEXT", value: "after the cut" });
    expect((await event).dataObject).toBe("after the cut");
  });

  test("keeps an event while the broker is away", SLOW, async () => {
    const { broker, theirs } = await register(setting);
    await broker.close();
    await theirs.next("state", ({ connected }) => !connected);
    theirs.tell({ do: "publish", event: "TEXT", value: "meanwhile", cached: true });
    await using restarted = await startBroker({ port: broker.port });
    expect((await restarted.waitForEvent({ uuid: THEIRS }, PATIENCE)).dataObject).toBe("meanwhile");
  });

  describe("through flows, with our client in the other framing", () => {
    async function exchange() {
      const session = await register(setting);
      const ours = await registerOurs(session.broker, framing === "raw");
      connectByFlows(session.broker, ours.client.uuid);
      return { ...session, ...ours };
    }

    test("each payload goes from ours to theirs, and comes back", SLOW, async () => {
      const { theirs, client, next } = await exchange();
      for (const { id, value } of PAYLOADS) {
        const correlationId = `around ${id}`;
        await client.publish(id, value, { correlationId });
        const called = await theirs.next("called");
        const expected = { function: `ECHO_${id}`, value, correlationId };
        expect({ ...called, value: called.value ?? undefined }).toEqual(expected);
        expect(await next()).toEqual({ functionId: `TAKE_${id}`, value, correlationId });
      }
    });

    test("each text that they can read and write arrives as it was", SLOW, async () => {
      const { theirs, client, next } = await exchange();
      const readable = readableTexts(language, framing);
      await client.publish("TEXTS", readable);
      expect((await theirs.next("called")).value).toEqual(readable);
      expect((await next()).value).toEqual(readable);

      const writable = writableTexts(language, framing);
      theirs.tell({ do: "publish", event: "TEXTS", value: writable });
      expect((await next()).value).toEqual(writable);
    });
  });

  test("disconnects, and its process ends by itself", SLOW, async () => {
    const { broker, theirs } = await register(setting);
    const disconnected = new Promise((resolve) => broker.on("disconnect", resolve));
    theirs.tell({ do: "disconnect" });
    expect(await disconnected).toMatchObject({ framing, uuids: [THEIRS] });
    await theirs.next("state", ({ connected }) => !connected);
    expect(await theirs.end()).toBe(0);
  });
});

const python = cases.filter(({ language }) => language === "python");
describe.each(python)("only the official client of $language, $framing", ({ framing, prepare }) => {
  test("registers a function with a data format that refers to what it leaves out", SLOW, async () => {
    const session = await connect({ command: await prepare(), framing }, {}, "incomplete-function");
    const registered = nextRegistration(session);
    session.theirs.tell({ do: "register" });
    await registered;
    const { functions } = session.broker.services.get(THEIRS)?.selfDescription ?? {};
    const { dataFormat } = functions?.find(({ functionId }) => functionId === "INCOMPLETE") ?? {};
    // Module refers to Part.
    expect(Object.keys(dataFormat as object).toSorted()).toEqual(["Machine", "Module", "dataObject"]);
  });
});
