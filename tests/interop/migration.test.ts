// The Python pair of docs/guides/migration.md, and what that page says of the official Python client.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { CERTIFICATE, KEY } from "../support/broker/fixtures/certificate.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { watchService } from "../support/docs/migration.ts";
import { freePort } from "../support/free-port.ts";
import { chosenLanguages } from "../support/interop/languages.ts";
import { PATIENCE } from "../support/interop/session.ts";
import { ROOT, temporaryFolder } from "../support/package/package.ts";
import { Program } from "../support/package/program.ts";
import { testBroker } from "../support/setup.ts";

const SLOW = { timeout: 2 * PATIENCE };
const BROKER_URL = "http://127.0.0.1:8085";

const HEAD = `
import json, logging, time
from datetime import datetime, timezone
from msb_client.ComplexDataFormat import ComplexDataFormat
from msb_client.DataType import DataType
from msb_client.Event import Event
from msb_client.Function import Function
from msb_client.MsbClient import MsbClient
client = MsbClient("SmartObject", "there", "Press 7", "A press", "press7")
client.enableThreadAsDaemon()
`;

const python = chosenLanguages().chosen.find(({ language }) => language === "python");

describe.runIf(python !== undefined)("docs/guides/migration.md and the official Python client", () => {
  let interpreter: string;

  // Downloads, the first time.
  beforeAll(async () => {
    [interpreter] = (await python?.prepare()) ?? ["python3"];
  }, 300_000);

  async function program(code: string, file: string, args: readonly string[] = []): Promise<Program> {
    const folder = await temporaryFolder();
    const path = join(folder.path, file);
    await writeFile(path, code);
    const [command, ...before] = file.endsWith(".py")
      ? [interpreter, "-u"]
      : [process.execPath, "--import", "tsx"];
    const running = new Program(command, [...before, path, ...args], { cwd: ROOT });
    onTestFinished(async () => {
      await running[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    });
    return running;
  }

  const there = (lines: string): Promise<Program> => program(`${HEAD}${lines}`, "there.py");

  /** Runs lines to their end. @returns what they print, which is JSON, and what the client logged. */
  async function saidThere(lines: string): Promise<{ readonly said: unknown; readonly logged: string }> {
    const running = await there(lines);
    expect(await running.exit, running.output).toBe(0);
    const said = running.output.split("\n").find((line) => line.startsWith("SAID "));
    return { said: JSON.parse(said?.slice(5) ?? "null"), logged: running.output };
  }

  async function behaviourOf(name: string, file: string, change: (code: string) => string) {
    const broker = await testBroker();
    const sample = await documentSample("docs/guides/migration.md", name);
    expect(sample).toContain(BROKER_URL);
    await using _program = await program(change(sample.replaceAll(BROKER_URL, broker.url)), file);
    return await watchService(broker, PATIENCE);
  }

  test("the service is the same here", SLOW, async () => {
    const theirs = await behaviourOf("python", "there.py", (code) => code);
    const source = pathToFileURL(join(ROOT, "src/index.ts")).href;
    const ours = await behaviourOf("here", "here.mts", (code) =>
      code.replace('"msb-client-websocket"', JSON.stringify(source)),
    );
    const measured = { celsius: 21.5, at: expect.stringMatching(/^\d{4}-/) };
    expect(ours).toEqual({ ...theirs, measured });
    expect(theirs).toMatchObject({
      answer: { eventId: "SPEED_CHANGED", dataObject: 60, correlationId: "call 1" },
      measured,
    });
  });

  test("JSON ignores isArray; an invalid data format is logged, and the event left out", SLOW, async () => {
    const { said, logged } = await saidThere(`
client.addEvent("E", "E", "", '{"type":"string"}', "LOW", True)
client.addEvent("WRONG", "Wrong", "", {"dataObject": {"type": "string", "const": 5}})
print("SAID " + json.dumps([[e["eventId"], e["dataFormat"]] for e in client.getSelfDescription()["events"]]))
`);
    expect(said).toEqual([["E", { dataObject: { type: "string" } }]]);
    expect(logged).toContain("ValidationError");
  });

  test("an int is no double, though it is sent; 5.0 stays 5.0; the priority stays", SLOW, async () => {
    const broker = await testBroker();
    const third = broker.waitForEvent((event) => event.dataObject === 7, PATIENCE);
    const nothing = broker.waitForEvent((event) => event.dataText === undefined, PATIENCE);
    const running = await there(`
client.addEvent(Event("D", "D", "", DataType.DOUBLE, 0))
client.addEvent(Event("I", "I", "", DataType.INT64))
client.connect("${broker.url}")
client.register()
while not client.registered:
    time.sleep(0.02)
client.publish("D", 5.0, 2)
client.publish("I", 9223372036854775807)
client.publish("D", 7)
client.publish("D", None)
time.sleep(60)
`);
    expect((await third).priority).toBe(2);
    await running.written(/doesn't fit the required data format: 7/);
    expect(running.output).not.toMatch(/doesn't fit the required data format: 5\.0/);
    expect(broker.events.slice(0, 2).map(({ dataText }) => dataText)).toEqual(["5.0", "9223372036854775807"]);
    expect((await nothing).eventId).toBe("D");
  });

  test("a datetime cannot be published, and None is no payload", SLOW, async () => {
    const { said } = await saidThere(`
client.addEvent(Event("AT", "At", "", DataType.DATETIME))
client.addEvent(Event("N", "N", "", None))
described = "dataFormat" in client.getSelfDescription()["events"][1]
try:
    client.publish("AT", datetime.now(timezone.utc))
    error = None
except Exception as e:
    error = type(e).__name__
print("SAID " + json.dumps([error, described]))
`);
    expect(said).toEqual(["AttributeError", false]);
  });

  test("register() may come before connect(), which is tried for ever", SLOW, async () => {
    const port = await freePort();
    const running = await there(`
client.setReconnectInterval(100)
client.register()
client.connect("http://127.0.0.1:${port}")
time.sleep(60)
`);
    await running.written(/refused/i);
    const broker = await testBroker({ port });
    await broker.waitForRegistration("there", { timeout: PATIENCE });
  });

  test("certificates are not checked, unless that is asked for", SLOW, async () => {
    const broker = await testBroker({ tls: { cert: CERTIFICATE, key: KEY } });
    const connect = `client.connect("${broker.url}")\nclient.register()\ntime.sleep(60)\n`;
    const strict = await there(`client.disableHostnameVerification(False)\n${connect}`);
    await strict.written(/CERTIFICATE_VERIFY_FAILED/);
    await there(connect);
    await broker.waitForRegistration("there", { timeout: PATIENCE });
  });

  test("keep-alive has 8 s at least, and the state is in attributes", SLOW, async () => {
    const { said } = await saidThere(`
client.setKeepAlive(True, 1000)
client.setReconnectInterval(100)
print("SAID " + json.dumps([client.heartbeat_interval, client.reconnectInterval, client.connected, client.registered]))
`);
    expect(said).toEqual([8, 3, false, false]);
  });

  test("a handler that fails is logged, and gets a value of any type", SLOW, async () => {
    const broker = await testBroker();
    const running = await there(`
def fail(message):
    raise Exception("got " + str(message["dataObject"]))
client.addFunction(Function("F", "F", "", DataType.INT32, fail))
client.connect("${broker.url}")
client.register()
time.sleep(60)
`);
    await broker.waitForRegistration("there", { timeout: PATIENCE });
    broker.call("there", "F", "fast");
    await running.written(/got fast/);
    expect(broker.services.has("there")).toBe(true);
  });

  test(
    "application.properties is read where the program runs, or from the sixth argument",
    SLOW,
    async () => {
      const { said } = await saidThere(`
import os, tempfile
os.chdir(tempfile.mkdtemp())
lines = "msb.type=SmartObject\\nmsb.uuid=%s\\nmsb.name=n\\nmsb.description=d\\nmsb.token=t\\n"
for path, uuid in [("application.properties", "here"), ("other.properties", "other")]:
    with open(path, "w") as file:
        file.write(lines % uuid)
print("SAID " + json.dumps([MsbClient().uuid, MsbClient(applicationPropertiesCustomPath="other.properties").uuid]))
`);
      expect(said).toEqual(["here", "other"]);
    },
  );
});
