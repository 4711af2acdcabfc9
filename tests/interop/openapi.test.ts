import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ROOT } from "../../scripts/interop/cache.ts";
import { setUpSchemathesis } from "../../scripts/interop/python.ts";
import { type Broker, startBroker } from "../../src/broker/index.ts";
import { BareClient } from "../support/broker/bare-client.ts";
import { describeService } from "../support/broker/describe.ts";

const FOLDER = join(ROOT, "scripts/interop/schemathesis");
const SLOW = { timeout: 180_000 };

let python: string;
// A download, the first time.
beforeAll(async () => {
  python = await setUpSchemathesis();
}, 300_000);

async function start(): Promise<Broker> {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  return broker;
}

/** Sends what the document allows, and what it does not, and compares the answers with it. @returns what differs. */
async function compare(broker: Broker, config: string, ...args: string[]): Promise<string> {
  // It writes what it has learnt into the folder that it runs in.
  const cwd = await mkdtemp(join(tmpdir(), "msb-openapi-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  // Not its own script, which knows only the folder in which the environment was made.
  const command = ["-m", "schemathesis.cli", "--config-file", join(FOLDER, config), "run"];
  const bounds = ["--seed", "1", "--generation-database", "none", "--max-examples", "30"];
  // The trace is a stream that does not end.
  const left = ["--exclude-path", "/broker/trace", "--phases", "coverage,fuzzing", "--warnings", "off"];
  const child = spawn(python, [...command, `${broker.url}/v3/api-docs`, ...bounds, ...left, ...args], {
    cwd,
    env: { ...process.env, PYTHONPATH: FOLDER, SCHEMATHESIS_HOOKS: "hooks" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, "close");
  return code === 0 ? "" : `exit code ${code}\n${output}`;
}

test("the OpenAPI document of the broker is true", SLOW, async () => {
  expect(await compare(await start(), "schemathesis.toml")).toBe("");
});

test("also for a service and flows that are there", SLOW, async () => {
  const broker = await start();
  await (await BareClient.connect(broker.url, "raw")).register(describeService("known"));
  const from = { uuid: "known", eventId: "E1" };
  broker.addFlow({ from, to: { uuid: "known", functionId: "F1" }, mapping: { "/a": "/dataObject" } });
  const others = ["--exclude-method", "DELETE", "--exclude-path", "/broker/faults"];
  expect(await compare(broker, "known.toml", ...others)).toBe("");
});
