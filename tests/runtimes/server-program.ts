import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Program } from "../support/package/program.ts";
import type { Check, RuntimeContext } from "./case.ts";
import { checkMainJob } from "./main-job.ts";

/** The steps of programs/server-job.cjs, and the columns of the table that they belong to. */
const COLUMNS = {
  sockjs: "SockJS framing",
  raw: "raw framing",
  tls: "TLS, own CA",
  "no trust": "TLS, own CA",
  "level-store": "level-store",
  broker: "broker in process",
} as const;

const END = "ends by itself";

/** A program that hangs is ended after this. */
const LONGEST = 60_000;

export interface Command {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs programs/server.mjs and programs/server.cjs. A column is passed if it is with both.
 * @param name begins the uuids of its services
 */
export async function serverProgram(
  context: RuntimeContext,
  name: string,
  { command, args = [], env = {} }: Command,
): Promise<Check[]> {
  const cwd = await context.copy("programs");
  const checks: Check[] = [];
  for (const [kind, file] of [
    ["import", "server.mjs"],
    ["require", "server.cjs"],
  ] as const) {
    const uuid = `${name} ${kind}`;
    const store = join(cwd, `events-${kind}`);
    await rm(store, { recursive: true, force: true });
    const { http, https, ca } = context;
    const parameters = JSON.stringify({ uuid, http, https, ca, store });
    await using program = new Program(command, [...args, file, parameters], { cwd, env });
    const timer = setTimeout(() => program.signal("SIGKILL"), LONGEST);
    const calls = Promise.all(
      (["sockjs", "raw", "tls"] as const).map((name) =>
        checkMainJob(context, `${uuid} ${name}`, { name: COLUMNS[name], timeout: LONGEST / 2 }),
      ),
    );
    const code = await program.exit;
    clearTimeout(timer);
    const { output } = program;
    checks.push(...(await calls), ...stepsIn(output));
    checks.push(storeArrived(context, `${uuid} store`));
    checks.push({ name: END, passed: code === 0, detail: `It ended with ${code}:\n${output}` });
  }
  return checks;
}

/** What the program wrote about each step; one that is missing has failed. */
function stepsIn(output: string): Check[] {
  const steps = output
    .split("\n")
    .filter((line) => line.startsWith('{"name":'))
    .map((line) => JSON.parse(line) as Check);
  return Object.entries(COLUMNS).map(([step, name]) => {
    const { passed = false, detail = `No word of it:\n${output}` } =
      steps.find((each) => each.name === step) ?? {};
    return { name, passed, detail };
  });
}

function storeArrived({ broker }: RuntimeContext, uuid: string): Check {
  const values = broker.events.filter((event) => event.uuid === uuid).map(({ dataObject }) => dataObject);
  const passed = values.length === 1 && values[0] === 7;
  return { name: COLUMNS["level-store"], passed, detail: `What arrived of it: ${JSON.stringify(values)}` };
}
