import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { generateContract } from "../../src/command/generate/generate-contract.ts";
import { runGenerate, runnable } from "../support/command/generate/command.ts";
import {
  compile,
  contractsIn,
  describeImplementation,
  runModule,
} from "../support/command/generate/generated.ts";
import { meaningOf } from "../support/command/generate/normalise.ts";
import { selfDescriptionOf } from "../support/command/generate/self-descriptions.ts";
import { chosenLanguages } from "../support/interop/languages.ts";
import type { Special } from "../support/interop/official-client.ts";
import {
  connect,
  nextRegistration,
  PATIENCE,
  register,
  type Setting,
  THEIRS,
} from "../support/interop/session.ts";

const SLOW = { timeout: 3 * PATIENCE };

const cases = chosenLanguages().chosen.map(({ language, prepare }) => ({ language, prepare }));

describe.each(cases)("contracts from the official client of $language", ({ language, prepare }) => {
  let setting: Setting;
  // Downloads, the first time.
  beforeAll(async () => {
    setting = { command: await prepare(), framing: "sockjs" };
  }, 300_000);

  /** What it registers. */
  async function selfDescription(special?: Special): Promise<object> {
    const session = await connect(setting, {}, special);
    const registered = nextRegistration(session);
    session.theirs.tell({ do: "register" });
    await registered;
    return session.broker.services.get(THEIRS)?.selfDescription ?? {};
  }

  test("what the other tests know of it is what it sends", SLOW, async () => {
    expect(selfDescriptionOf(language).selfDescription).toEqual(await selfDescription());
    if (language === "python") {
      for (const special of ["incomplete-function", "sample-service"] as const) {
        const known = selfDescriptionOf(`python-${special}`).selfDescription;
        expect(known).toEqual(await selfDescription(special));
      }
    }
  });

  test("the contract of what it sends says the same", SLOW, async () => {
    const theirs = await selfDescription();
    const [contract] = contractsIn(runModule(generateContract(theirs).source));
    expect(contract).toBeDefined();
    expect(meaningOf(describeImplementation(contract as never))).toEqual(meaningOf(theirs));
  });
});

/** A program of a user, typed by the contract that was generated. */
const USER = `
import { MsbClient } from "msb-client-websocket";
import { sample, type MyDevice } from "./sample.contract.ts";

const client = new MsbClient("Application", "generate-user", "User", "Calls Python", "t0ken");
const machine = client.counterpart(sample, { uuid: ${JSON.stringify(THEIRS)} });

async function main(): Promise<void> {
  const url = String(process.env["MSB_URL"]);
  await client.start(url);
  await machine.deployFlows(url);
  const text: string = await machine.call("FUNCTION2", "typed");
  const device: MyDevice = await machine.call("FUNCTION3", {
    deviceName: "Press",
    deviceWeight: 1.5,
    submodules: [{ moduleName: "Drive" }, { moduleName: "Tool" }],
  });
  const { staff } = await machine.call("COMPLEX_JSON_FUNCTION", { staff: [{ name: "Ada", status: "present" }] });
  const status: "present" | "absent" | undefined = staff?.[0]?.status;
  // @ts-expect-error Not a number.
  const refused = await machine.call("FUNCTION2", 5).catch((error: unknown) => String(error));
  console.log(JSON.stringify({ text, device, status, refused }));
  await client.disconnect();
}

void main();
`;

const python = cases.filter(({ language }) => language === "python");

test.each(python)("a typed program calls $language by its generated contract", SLOW, async ({ prepare }) => {
  const { broker } = await register({ command: await prepare(), framing: "sockjs" }, {}, "sample-service");
  const { code, stdout } = await runGenerate(["--url", broker.url, "--uuid", THEIRS, "--name", "sample"]);
  expect(code).toBe(0);
  expect(compile({ "sample.contract.ts": stdout, "user.ts": USER })).toEqual([]);

  const folder = await mkdtemp(join(tmpdir(), "msb-generate-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "sample.contract.ts"), runnable(stdout));
  await writeFile(join(folder, "user.ts"), runnable(USER));
  const args = ["--import", "tsx", join(folder, "user.ts")];
  const env = { ...process.env, MSB_URL: broker.url };
  const ended = await promisify(execFile)(process.execPath, args, { env, timeout: PATIENCE });
  expect(JSON.parse(ended.stdout)).toEqual({
    text: "typed",
    device: {
      deviceName: "Press",
      deviceWeight: 1.5,
      submodules: [{ moduleName: "Drive" }, { moduleName: "Tool" }],
    },
    status: "present",
    refused: expect.stringContaining("must be a string, not 5"),
  });
});
