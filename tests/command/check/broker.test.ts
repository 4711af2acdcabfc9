import { describe, expect, onTestFinished, test } from "vitest";
import { type Broker, type BrokerOptions, startBroker } from "../../../src/broker/index.ts";
import { checkCommand } from "../../../src/command/check/index.ts";
import { finding, named, report, runCheck } from "../../support/command/run-check.ts";

async function start(options: BrokerOptions = {}): Promise<Broker> {
  const broker = await startBroker(options);
  onTestFinished(() => broker.close());
  return broker;
}

const PROBES = [
  ...["Network", "TLS", "Interface", "Registration", "Events", "Refusals"],
  ...["The same uuid twice", "Web pages", "Sizes", "Heartbeat"],
];

describe("against the development broker", () => {
  test("there is no problem, and nothing to note", async () => {
    const broker = await start();
    const found = await report(broker.url, "--quick");
    expect(found.probes.map(({ title }) => title)).toEqual(PROBES);
    expect([named(found, "problem"), named(found, "note"), found.code]).toEqual([[], [], 0]);
    expect(named(found, "skipped")).toEqual(["TLS: TLS", "Sizes: left out", "Heartbeat: left out"]);
  });

  test("the JSON has everything that a bug report needs", async () => {
    const broker = await start();
    const found = await report(broker.url, "--quick");
    expect(found).toMatchObject({
      tool: "msb-client-websocket check",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      url: broker.url,
    });
    expect(Date.parse(found.startedAt)).toBeGreaterThan(Date.now() - 60_000);
    const total = Object.values(found.counts).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(found.probes.flatMap(({ findings }) => findings).length);
    const { frames = [] } = finding(found, "Registration", "registration");
    expect(frames.map(({ direction, text }) => `${direction} ${text.slice(0, 20)}`)).toEqual([
      "received o",
      'received a["IO_CONNECTED"]',
      expect.stringMatching(/^sent \["R \{/),
      'received a["IO_REGISTERED"]',
      "closed code 1000",
    ]);
    expect(
      frames.every(({ milliseconds }, index) => milliseconds >= (frames[index - 1]?.milliseconds ?? 0)),
    ).toBe(true);
  });

  test("it closes every connection, and names the services that it leaves", async () => {
    const broker = await start();
    const { left } = await report(broker.url, "--quick");
    await expect.poll(() => broker.connections).toEqual([]);
    const known = broker.knownServices.map(({ service }) => service.uuid);
    expect(known.every((uuid) => left.includes(uuid))).toBe(true);
    expect(left.length).toBeGreaterThanOrEqual(known.length);
    expect(left.length).toBeLessThanOrEqual(12);
    const names = new Set(broker.knownServices.map(({ service }) => service.name));
    expect([...names]).toEqual(["msb-client-websocket check"]);
  });

  test("the table has a sign, what was found and what to do for each finding", async () => {
    const broker = await start({ allowOrigins: ["*"] });
    const { code, output } = await runCheck(broker.url, "--quick");
    expect(code).toBe(0);
    expect(output).toMatch(
      /^msb-client-websocket \d\S+, Node\.js v\S+: http:\/\/127\.0\.0\.1:\d+\n\nNetwork\n/,
    );
    expect(output).toMatch(/^ {2}✓ registration +IO_REGISTERED after \d+ ms$/m);
    expect(output).toMatch(
      /^ {2}! of any other origin +may connect.*\n +→ Allow only the origins that are needed/m,
    );
    expect(output).toMatch(/^– Heartbeat: only without --quick$/m);
    expect(output).toMatch(/^\d+ ok, 1 to note, 0 problems, 3 left out, in \d+\.\d s$/m);
    expect(output).toMatch(/An MSB may keep them; .*:\n( {2}[0-9a-f-]{36}\n)+$/);
  });

  test("lines are not longer than the terminal", async () => {
    const { checkCommand } = await import("../../../src/command/check/index.ts");
    const broker = await start();
    let output = "";
    const write = (text: string) => {
      output += text;
    };
    await checkCommand([broker.url, "--quick"], { write, writeError: write, width: 80 });
    const [, ...lines] = output.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("tokens are masked, in the table and in the JSON", async () => {
    const broker = await start();
    const token = 'secret-"token"-1';
    const { output } = await runCheck(broker.url, "--quick", "--token", token);
    const json = await runCheck(broker.url, "--quick", "--token", token, "--json");
    expect(json.output).toContain("•••");
    expect(`${output}${json.output}`).not.toMatch(/secret-/);
    const short = await runCheck(broker.url, "--quick", "--token", "R", "--json");
    expect(short.output).not.toMatch(/token\W+R\W/);
  });

  test("the token given is that of the services", async () => {
    const broker = await start();
    const tokens = new Set<string>();
    broker.on("message", ({ text }) => {
      const [, token] = /"token":"([^"]*)"/.exec(text) ?? [];
      tokens.add(token ?? "");
    });
    await runCheck(broker.url, "--quick", "--token", "of-the-msb");
    expect(tokens).toContain("of-the-msb");
    expect([...tokens].filter((token) => token !== "of-the-msb" && token !== "")).toEqual([]);
  });

  test("the heartbeat is waited for beside everything else", async () => {
    const broker = await start({ heartbeatInterval: 700, pingInterval: 900 });
    const found = await report(broker.url);
    expect(finding(found, "Heartbeat", "SockJS framing").found).toMatch(/^h after \d\.\d s$/);
    expect(finding(found, "Heartbeat", "raw framing").found).toMatch(/^ping after \d\.\d s$/);
    expect(found.code).toBe(0);
  });
});

describe("what the broker is told to do wrong is found", () => {
  test("a registration that is refused, with what to do, and nothing that needs one", async () => {
    const broker = await start();
    broker.faults.refuseNext("R", { reply: "NIO_UNAUTHORIZED_CONNECTION", count: 50 });
    const found = await report(broker.url, "--quick");
    expect(found.code).toBe(1);
    expect(named(found, "problem")).toEqual(["Registration: registration"]);
    const { found: text, remedy } = finding(found, "Registration", "registration");
    expect(text).toMatch(/NIO_UNAUTHORIZED_CONNECTION/);
    expect(remedy).toMatch(/--token/);
    for (const title of ["Events", "Refusals", "The same uuid twice"]) {
      expect(finding(found, title)).toMatchObject({ status: "skipped", found: "needs a registration" });
    }
    expect(found.left).toEqual([]);
  });

  test("a registration that is not answered", async () => {
    const broker = await start();
    broker.faults.stopAcknowledging("R");
    const found = await report(broker.url, "--quick", "--timeout", "0.4");
    expect(named(found, "problem")).toEqual(["Registration: registration"]);
    expect(finding(found, "Registration", "registration").found).toMatch(/400 ms/);
  });

  test("an event that is refused", async () => {
    const broker = await start();
    broker.faults.refuseNext("E");
    const found = await report(broker.url, "--quick");
    expect(named(found, "problem")).toEqual(["Events: one event"]);
    expect(finding(found, "Events", "one event").found).toMatch(/NIO_EVENT_FORWARDING_ERROR/);
    expect(finding(found, "The same uuid twice").found).toBe("needs an event that is acknowledged");
  });

  test("events that are not answered", async () => {
    const broker = await start();
    broker.faults.stopAcknowledging("E");
    const found = await report(broker.url, "--quick", "--timeout", "0.4");
    expect(named(found, "problem")).toEqual(["Events: one event"]);
    expect(finding(found, "Refusals", "event before R")).toMatchObject({
      status: "note",
      found: "no answer within 0.4 s",
    });
    expect(finding(found, "Refusals", "event never described").status).toBe("skipped");
  });

  test("how long answers take", async () => {
    const broker = await start();
    broker.faults.delay(120);
    const found = await report(broker.url, "--quick");
    const [, milliseconds] = /after (\d+) ms/.exec(finding(found, "Events", "one event").found) ?? [];
    expect(Number(milliseconds)).toBeGreaterThanOrEqual(120);
    expect(found.code).toBe(0);
  });
});

describe("--sizes", () => {
  test("finds the exact size that is taken, and what comes beyond it", async () => {
    const broker = await start({ maxMessageSize: 8_192 });
    const found = await report(broker.url, "--quick", "--sizes");
    for (const name of ["SockJS frame", "raw frame"]) {
      expect(finding(found, "Sizes", name)).toMatchObject({
        status: "note",
        found: expect.stringMatching(
          /^8,192 characters are taken; 8,193: the connection was closed: code 1009/,
        ),
        remedy: expect.stringContaining("maxMessageSize: 8192"),
      });
    }
    expect(found.code).toBe(0);
  });

  test("goes no further than what clients send at most", async () => {
    const broker = await start();
    const found = await report(broker.url, "--quick", "--sizes");
    expect(finding(found, "Sizes", "SockJS frame")).toMatchObject({
      status: "ok",
      found: "1,000,000 characters are taken; larger ones were not tried",
    });
  });
});

describe("--origin", () => {
  test("of a page that the broker lets in, and of one that it does not", async () => {
    const broker = await start({ allowOrigins: ["https://app.example"] });
    const origins = ["--origin", "https://app.example", "--origin", "https://other.example"];
    const found = await report(broker.url, "--quick", ...origins);
    expect(finding(found, "Web pages", "https://app.example")).toMatchObject({
      status: "ok",
      found: "may connect (GET info: HTTP 200, CORS https://app.example)",
    });
    expect(finding(found, "Web pages", "https://other.example")).toMatchObject({
      status: "problem",
      found: expect.stringMatching(/^may not connect: the server answered HTTP 403/),
      remedy: expect.stringContaining("--allow-origin"),
    });
    expect(found.code).toBe(1);
  });
});

// Probes that go on for a moment wrote below the last lines what they found of connections that had been closed.
test.each([0, 1, 2])(
  "after Ctrl+C nothing more is told, and nothing more is done (%i paragraphs)",
  async (paragraphs) => {
    await using broker = await startBroker();
    let output = "";
    let interrupt = (): void => {};
    let written = 0;
    const code = await checkCommand([broker.url, "--quick"], {
      write: (text) => {
        output += text;
        written += 1;
        if (written === paragraphs + 1) {
          setImmediate(() => interrupt());
        }
      },
      writeError: () => {},
      onInterrupt: (listener) => {
        interrupt = listener;
        return () => {};
      },
    });
    expect(code).toBe(130);
    const told = output;
    const { connections } = broker.counters;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(output).toBe(told);
    expect([broker.counters.connections, broker.connections]).toEqual([connections, []]);
  },
);
