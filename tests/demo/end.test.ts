// How `npm run demo` ends: whatever ends it, nothing of it is left behind.
import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { Demo } from "../support/demo/demo.ts";
import { ROOT, temporaryFolder } from "../support/package/package.ts";
import { Program } from "../support/package/program.ts";

vi.setConfig({ testTimeout: 120_000 });

/** As people start it: npm, a shell, and the demo, which a terminal reaches all. */
async function startByNpm(folder: string): Promise<Program> {
  const env = { MSB_PORT: "0", PAGE_PORT: "0", TMPDIR: folder };
  const terminal = new Program("npm", ["run", "demo"], { cwd: ROOT, env, group: true });
  await terminal.written(/Ctrl\+C ends everything/);
  await expect.poll(() => pressFolders(folder)).toHaveLength(1);
  return terminal;
}

test.each([
  ["Ctrl+C in a terminal", "SIGINT"],
  ["a terminal that is closed", "SIGHUP"],
] as const)(
  "%s, which reaches every program, ends all of it in order and leaves no folder behind",
  async (_what, signal) => {
    await using folder = await temporaryFolder();
    await using terminal = await startByNpm(folder.path);
    terminal.signal(signal);
    // It is over when nobody can write any more.
    await terminal.exit;
    expect(terminal.output).not.toMatch(/error|warn/i);
    expect(await pressFolders(folder.path)).toEqual([]);
  },
);

test("a signal for npm alone, which its shell does not hand on, ends all of it in order too", async () => {
  await using folder = await temporaryFolder();
  await using terminal = await startByNpm(folder.path);
  process.kill(terminal.pid, "SIGTERM");
  await terminal.exit;
  expect(terminal.output).not.toMatch(/error|warn/i);
  expect(await pressFolders(folder.path)).toEqual([]);
});

test("a signal that comes once more, because a program in between hands it on, ends it in order all the same", async () => {
  await using folder = await temporaryFolder();
  await using running = await Demo.start([], { TMPDIR: folder.path });
  await running.until("measuring", ({ delivery }) => delivery.delivered > 0, 120_000);
  running.program.signal("SIGINT");
  // As a service manager and npm do, which both send it.
  await setTimeout(30);
  running.program.signal("SIGINT");
  expect(await running.program.exit, running.program.output).toBe(0);
  expect(await pressFolders(folder.path)).toEqual([]);
});

test("SIGTERM ends it in order with the cable half-open too, and leaves no program and no folder behind", async () => {
  await using folder = await temporaryFolder();
  await using running = await Demo.start([], { TMPDIR: folder.path });
  await running.until("measuring", ({ delivery }) => delivery.delivered > 2);
  const machines = programs(running);
  expect(machines).toHaveLength(3);
  expect(await pressFolders(folder.path)).toHaveLength(1);
  await running.do("half-open");
  await running.until("waiting", ({ delivery }) => delivery.waiting > 2);
  running.program.signal("SIGTERM");
  expect(await running.program.exit, running.program.output).toBe(0);
  expect(running.program.output).not.toMatch(/error|warn/i);
  expect(machines.filter(isAlive)).toEqual([]);
  expect(await pressFolders(folder.path)).toEqual([]);
});

test("when it is killed, its machines end by themselves, and the press takes its folder with it", async () => {
  await using folder = await temporaryFolder();
  await using running = await Demo.start([], { TMPDIR: folder.path });
  await running.until("measuring", ({ delivery }) => delivery.delivered > 2);
  const before = programs(running);
  expect(before).toHaveLength(3);
  running.program.signal("SIGKILL");
  expect(await running.program.exit).toBe("SIGKILL");
  await expect.poll(() => before.filter(isAlive)).toEqual([]);
  expect(await pressFolders(folder.path)).toEqual([]);
});

/** The programs that it has started. */
function programs({ program }: Demo): number[] {
  const { stdout } = spawnSync("pgrep", ["-P", String(program.pid), "-f", "demo/machines"], {
    encoding: "utf8",
  });
  return stdout.split("\n").filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function pressFolders(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith("msb-demo-press-"));
}
