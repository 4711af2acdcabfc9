import { expect, test } from "vitest";
import { finding, named, report } from "../../support/command/run-check.ts";
import { fakeMsb } from "../../support/servers/fake-msb.ts";

const FAST = ["--quick", "--timeout", "0.4"];

// What an MSB may do that the development broker does not.

test("it answers events in another order", async () => {
  const url = await fakeMsb({
    onEvent: (event, connection) => {
      const isWrong = event["eventId"] !== "CHECK";
      if (isWrong) {
        setTimeout(() => connection.send("NIO_EVENT_FORWARDING_ERROR"), 50);
      }
      return isWrong ? undefined : "IO_PUBLISHED";
    },
  });
  const found = await report(url, ...FAST);
  expect(finding(found, "Events", "answers in order")).toMatchObject({
    status: "problem",
    found: expect.stringMatching(
      /^10 answers to 10 events: .*NIO_EVENT_FORWARDING_ERROR; number 3 was to be/,
    ),
    remedy: expect.stringContaining("maxInFlight: 1"),
  });
  expect(found.code).toBe(1);
});

test("it leaves one of several events without an answer", async () => {
  const url = await fakeMsb({ onEvent: (_event, { events }) => (events === 7 ? undefined : "IO_PUBLISHED") });
  const found = await report(url, ...FAST);
  expect(finding(found, "Events", "answers in order")).toMatchObject({
    status: "problem",
    found: "9 answers to 10 events; then no answer within 0.4 s",
  });
});

test("it takes every event, also one that was never described", async () => {
  const found = await report(await fakeMsb(), ...FAST);
  expect(finding(found, "Events", "answers in order")).toMatchObject({
    status: "note",
    found: expect.stringContaining("all IO_PUBLISHED"),
  });
  expect(finding(found, "Refusals", "event never described")).toMatchObject({
    status: "note",
    found: "taken (IO_PUBLISHED): the MSB does not check it",
  });
  expect(finding(found, "Refusals", "frame that is not JSON")).toMatchObject({
    status: "note",
    found: "no answer within 0.4 s",
  });
  expect(finding(found, "The same uuid twice", "the second one")).toMatchObject({
    status: "note",
    found: "IO_REGISTERED",
    remedy: expect.stringContaining("a uuid of its own"),
  });
  expect(found.code).toBe(0);
});

test("it reads only the first message of a frame", async () => {
  const found = await report(await fakeMsb({ read: (messages) => messages.slice(0, 1) }), ...FAST);
  expect(finding(found, "Events", "several in one frame")).toMatchObject({
    status: "note",
    found: "10 events in one frame: 1 IO_PUBLISHED of 1 answers; then no answer within 0.4 s",
    remedy: expect.stringContaining("batch"),
  });
});

test("it knows one framing only", async () => {
  const raw = await report(await fakeMsb({ framings: ["raw"] }), ...FAST);
  expect(finding(raw, "Interface", "SockJS framing")).toMatchObject({
    status: "note",
    remedy: expect.stringContaining("sockJsFraming: false"),
  });
  expect(finding(raw, "Registration", "registration").status).toBe("ok");
  expect(finding(raw, "Events", "several in one frame")).toMatchObject({ status: "skipped" });
  const sockJs = await report(await fakeMsb({ framings: ["sockjs"] }), ...FAST);
  expect(finding(sockJs, "Interface", "raw framing")).toMatchObject({ status: "note" });
  expect([raw.code, sockJs.code]).toEqual([0, 0]);
});

test("it takes some data formats, and not all", async () => {
  const url = await fakeMsb({
    onRegister: (description) =>
      /"byte"|"array"/.test(JSON.stringify(description["events"]))
        ? "NIO_REGISTRATION_ERROR"
        : "IO_REGISTERED",
  });
  const found = await report(url, ...FAST);
  const { status, found: text, frames = [] } = finding(found, "Registration", "data formats");
  expect(status).toBe("problem");
  const refused = [...text.matchAll(/([\w ]+) \(/g)].map(([, name]) => name?.trim());
  expect(text).toMatch(/^not taken: byte \(/);
  expect(refused).toEqual(expect.arrayContaining(["array", "nested objects", "array of objects"]));
  expect(text).not.toMatch(/int32|boolean|no payload/);
  expect(frames.some((frame) => frame.text.includes("NIO_REGISTRATION_ERROR"))).toBe(true);
  expect(found.code).toBe(1);
});

test("it takes types of parameters in lower case only, and no gateway", async () => {
  const url = await fakeMsb({
    onRegister: (description) =>
      /"INTEGER"|"Gateway"/.test(JSON.stringify(description)) ? "NIO_REGISTRATION_ERROR" : "IO_REGISTERED",
  });
  const found = await report(url, ...FAST);
  expect(named(found, "problem")).toEqual(["Registration: parameters, INTEGER"]);
  expect(finding(found, "Registration", "parameters, integer").status).toBe("ok");
  expect(finding(found, "Registration", "gateway")).toMatchObject({
    status: "note",
    found: "with a service behind it: NIO_REGISTRATION_ERROR",
  });
});

test("it does not take another self-description under a uuid that it knows", async () => {
  const known = new Map<string, string>();
  const url = await fakeMsb({
    onRegister: (description) => {
      const text = JSON.stringify(description);
      const before = known.get(String(description["uuid"])) ?? text;
      known.set(String(description["uuid"]), before);
      return before === text ? "IO_REGISTERED" : "NIO_REGISTRATION_ERROR";
    },
  });
  const found = await report(url, ...FAST);
  expect(finding(found, "Registration", "with one more event")).toMatchObject({
    status: "note",
    found: "NIO_REGISTRATION_ERROR",
    remedy: expect.stringContaining("delete it in the MSB first"),
  });
  expect(finding(found, "Registration", "the same again").status).toBe("ok");
});

test("it needs a while to notice that a service has gone", async () => {
  const seen = new Map<unknown, { readonly number: number; readonly at: number }>();
  let attempts = 1;
  let isBack = false;
  const url = await fakeMsb({
    onRegister: ({ uuid }, { number }) => {
      const last = seen.get(uuid);
      if (last !== undefined && last.number !== number) {
        if (performance.now() - last.at < 600) {
          attempts += isBack ? 0 : 1;
          return "NIO_ALREADY_CONNECTED";
        }
        isBack = true;
      }
      seen.set(uuid, { number, at: performance.now() });
      return "IO_REGISTERED";
    },
  });
  const found = await report(url, "--quick", "--timeout", "2");
  expect(finding(found, "Registration", "on a new connection")).toMatchObject({
    status: "note",
    found: expect.stringContaining(` s after the end of the first one, at the attempt number ${attempts}`),
  });
  expect(finding(found, "Events", "one event").status).toBe("ok");
});

test("the second service with a uuid takes the place of the first", async () => {
  const owners = new Map<unknown, { close(code: number): void }>();
  const url = await fakeMsb({
    onRegister: ({ uuid }, { socket }) => {
      const owner = owners.get(uuid);
      if (owner !== socket) {
        owner?.close(4001);
      }
      owners.set(uuid, socket);
      return "IO_REGISTERED";
    },
  });
  const found = await report(url, ...FAST);
  expect(finding(found, "The same uuid twice", "events of the first").found).toMatch(/closed: code 4001/);
  expect(finding(found, "The same uuid twice", "events of the second").found).toBe("IO_PUBLISHED");
});

test("it closes a connection that does nothing", async () => {
  const url = await fakeMsb({
    onOpen: ({ isSockJs, socket }) => {
      if (isSockJs) {
        setTimeout(() => socket.close(4002), 1_500);
      } else {
        setTimeout(() => socket.send("ping"), 400);
      }
    },
  });
  const found = await report(url);
  expect(finding(found, "Heartbeat", "SockJS framing")).toMatchObject({
    status: "note",
    found: expect.stringMatching(
      /^a connection that does nothing is closed after (1\.[4-9]|[2-9]\.\d) s: .*code 4002/,
    ),
    remedy: expect.stringContaining("keepAlive: true"),
  });
  expect(finding(found, "Heartbeat", "raw framing").found).toMatch(/^ping after \d+\.\d s$/);
});

test("it lets nobody in any more after a value of another type", async () => {
  let isFull = false;
  const url = await fakeMsb({
    isFull: () => isFull,
    onEvent: ({ dataObject }) => {
      isFull ||= dataObject === 5;
      return "IO_PUBLISHED";
    },
  });
  const found = await report(url, ...FAST);
  // What was found before is not lost.
  expect(finding(found, "Refusals", "value of another type")).toMatchObject({ status: "ok" });
  expect(finding(found, "Refusals", "unknown message")).toMatchObject({
    status: "note",
    found: expect.stringContaining("HTTP 503"),
  });
  expect(finding(found, "The same uuid twice", "not finished")).toMatchObject({
    status: "problem",
    found: expect.stringContaining("HTTP 503"),
    remedy: expect.stringContaining("Check that the MSB is running"),
  });
});

// What the probe had found until then was lost.
test("it lets nobody in any more after the first event", async () => {
  let isFull = false;
  const url = await fakeMsb({
    isFull: () => isFull,
    onEvent: () => {
      isFull = true;
      return "IO_PUBLISHED";
    },
  });
  const found = await report(url, ...FAST);
  expect(found.probes.find(({ title }) => title === "Events")?.findings).toMatchObject([
    { name: "one event", status: "ok" },
    { name: "not finished", status: "problem", found: expect.stringContaining("HTTP 503") },
  ]);
});

test("it lets nobody in any more while sizes are tried", async () => {
  let isFull = false;
  const url = await fakeMsb({
    isFull: () => isFull,
    onEvent: ({ dataObject }, { socket }) => {
      const { length } = String(dataObject);
      if (length > 300_000 && length < 700_000) {
        isFull = true;
        socket.close(1009);
      }
      return length > 700_000 ? "NIO_EVENT_FORWARDING_ERROR" : "IO_PUBLISHED";
    },
  });
  const found = await report(url, ...FAST, "--sizes");
  expect(finding(found, "Sizes", "SockJS frame")).toMatchObject({
    status: "problem",
    found: expect.stringMatching(/^1,000 characters are taken, 500,500 are not; then: .*HTTP 503/),
  });
});

test("it does not answer websocket pings", async () => {
  const found = await report(await fakeMsb({ answersPings: false }), ...FAST);
  expect(finding(found, "Interface", "websocket ping")).toMatchObject({
    status: "note",
    found: "not answered",
    remedy: expect.stringContaining("keepAlive"),
  });
});

test("its registration fails inside", async () => {
  const url = await fakeMsb({ onRegister: () => "NIO_UNEXPECTED_REGISTRATION_ERROR" });
  const found = await report(url, ...FAST);
  expect(finding(found, "Registration", "registration")).toMatchObject({
    status: "problem",
    found: expect.stringContaining("NIO_UNEXPECTED_REGISTRATION_ERROR"),
    remedy: expect.stringContaining("Look into the MSB's log"),
  });
});

// NIO, which all clients know, and anything else, were told as taken.
test("it refuses with NIO, or answers with something that nobody knows", async () => {
  const url = await fakeMsb({
    onRegister: ({ token }) => (token === "" ? "NIO" : "IO_REGISTERED"),
    onEvent: ({ eventId }) => (eventId === "NEVER_DESCRIBED" ? "SORRY" : "IO_PUBLISHED"),
  });
  const found = await report(url, ...FAST);
  expect(finding(found, "Refusals", "R without a token")).toMatchObject({ status: "ok", found: "NIO" });
  expect(finding(found, "Refusals", "event never described")).toMatchObject({
    status: "note",
    found: "answered with SORRY, which is no answer that an MSB is known for",
  });
});

// The first of the two stayed connected, and had the uuid when the sizes were tried.
test("it does not let the second connection in that has the same uuid", async () => {
  const owners = new Map<unknown, unknown>();
  let isNext = false;
  let isFull = false;
  const url = await fakeMsb({
    read: (messages) => {
      // The last case of the probe before.
      isNext ||= messages.includes("X check");
      return messages;
    },
    isFull: () => {
      const wasFull = isFull;
      isFull = false;
      return wasFull;
    },
    onRegister: ({ uuid }, { socket }) => {
      if (owners.has(uuid) && owners.get(uuid) !== socket) {
        return "NIO_ALREADY_CONNECTED";
      }
      owners.set(uuid, socket);
      socket.once("close", () => owners.delete(uuid));
      isFull = isNext;
      isNext = false;
      return "IO_REGISTERED";
    },
  });
  const found = await report(url, ...FAST, "--sizes");
  expect(finding(found, "The same uuid twice", "not finished").found).toContain("HTTP 503");
  expect(finding(found, "Sizes", "SockJS frame").status).toBe("ok");
});
