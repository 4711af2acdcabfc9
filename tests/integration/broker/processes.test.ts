import { afterEach, describe, expect, test } from "vitest";
import { startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "./bare-client.ts";
import { Child } from "./child.ts";
import { describeService, eventMessage } from "./describe.ts";

let children: Child[] = [];
afterEach(() => {
  for (const child of children) {
    child.process.kill("SIGKILL");
  }
  children = [];
});

function run(file: string, ...args: string[]): Child {
  const child = new Child(file, ...args);
  children.push(child);
  return child;
}

test("close() leaves nothing: the process ends by itself", async () => {
  const child = run("tests/integration/broker/fixtures/exits-by-itself.ts");
  expect([await child.exit, child.output]).toEqual([0, "true\ntrue 0 0\ntrue\n"]);
});

describe("msb-broker", () => {
  const CLI = "src/broker/cli.ts";

  test.each(["SIGINT", "SIGTERM"] as const)(
    "starts, shows what happens, ends cleanly on %s",
    async (signal) => {
      const child = run(CLI, "--port", "0");
      const [, url] = await child.written(/Connect clients to (http:\/\/127\.0\.0\.1:\d+)/);
      const client = await BareClient.connect(url ?? "", "sockjs");
      await client.register(describeService("u1"));
      await client.ask(eventMessage("u1"));
      await client.ask(eventMessage("u1", { eventId: "E\u001b[31m" }));
      client.send("unknown");
      await child.written(/c1\] Connected from 127\.0\.0\.1:\d+ \(sockjs\)/);
      await child.written(/info {2}\[c1\] Registered SmartObject "Service u1", "u1"/);
      await child.written(/Event "E1" of "u1"/);
      await child.written(/warn {2}\[c1\] NIO_EVENT_FORWARDING_ERROR: .*"E\\u001b\[31m"/);
      expect(child.output).not.toContain("unknown");
      child.process.kill(signal);
      expect(await child.exit).toBe(0);
      expect((await client.closed).frame).toEqual([3000, "The broker was closed"]);
    },
  );

  test("--debug shows unknown messages", async () => {
    const child = run(CLI, "--port", "0", "--debug");
    const [, url] = await child.written(/Connect clients to (\S+)/);
    const client = await BareClient.connect(url ?? "", "raw");
    client.send("unknown");
    await child.written(/debug \[c1\] Ignored the unknown message "unknown"/);
  });

  test("says in one line that the port is taken", async () => {
    await using broker = await startBroker();
    const child = run(CLI, "--port", String(broker.port));
    expect(await child.exit).toBe(1);
    expect(child.output).toMatch(/^msb-broker: Port \d+ on 127\.0\.0\.1 is taken by another program\. .*\n$/);
  });

  test.each([
    [["--port", "x"], /^msb-broker: --port must be a number.*\n$/],
    [["--port", "70000"], /^msb-broker: .*port: must be a whole number from 0 to 65535.*\n$/],
    [["--prot", "1"], /^msb-broker: Unknown option '--prot'.*\n$/],
    [["start"], /^msb-broker: Unexpected argument 'start'.*\n$/],
  ])("refuses %j in one line", async (args, output) => {
    const child = run(CLI, ...args);
    expect(await child.exit).toBe(1);
    expect(child.output).toMatch(output);
  });

  test.each([
    ["--help", /^Usage: msb-broker .*--port.*--host/s],
    ["--version", /^\d+\.\d+\.\d+\S*\n$/],
  ])("%s", async (option, output) => {
    const child = run(CLI, option);
    expect(await child.exit).toBe(0);
    expect(child.output).toMatch(output);
  });
});

describe("the official Node.js client", () => {
  test.each(FRAMINGS)("connects, registers, publishes, is called and configured (%s)", async (framing) => {
    const answer = { from: { uuid: "official", eventId: "ANSWER" }, to: { uuid: "ours", functionId: "F1" } };
    await using broker = await startBroker({ flows: [answer] });
    const ours = await (await BareClient.connect(broker.url, "sockjs")).register(describeService("ours"));
    const reading = broker.waitForEvent({ uuid: "official", eventId: "READING" }, 10_000);
    const child = run("tests/integration/broker/fixtures/official-client.cjs", broker.url, framing);
    expect(await reading).toMatchObject({ priority: 2, dataObject: { celsius: 21.5 } });
    expect(broker.services.get("official")).toMatchObject({ framing, name: "Official", type: "SmartObject" });

    broker.call("official", "ECHO", "hello", { correlationId: "c1" });
    expect(await ours.nextJson("C")).toMatchObject({
      correlationId: "c1",
      functionParameters: { dataObject: "hello" },
    });

    const again = new Promise<unknown>((resolve) => broker.on("register", resolve));
    broker.configure("official", { limit: 5 });
    expect(await again).toMatchObject({
      selfDescription: {
        configuration: { parameters: { limit: { value: 5, type: "INTEGER", format: "INT32" } } },
      },
    });
    child.process.stdin?.end();
    expect(await child.exit).toBe(0);
    const states = [...child.output.matchAll(/^state (.*)$/gm)].map(([, state]) => state);
    const start = ["IO_CONNECTED", "IO_REGISTERED", "IO_PUBLISHED", "IO_PUBLISHED"];
    expect(states.slice(0, 6)).toEqual([...start, "NEW_PARAMETERS", "IO_REGISTERED"]);
  });
});
