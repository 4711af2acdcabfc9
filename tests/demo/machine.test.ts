// A machine of the plant whose program ends, or never begins.
import { afterEach, expect, test, vi } from "vitest";
import { Machine } from "../../demo/plant/machine.ts";

const NODE = process.execPath;
afterEach(() => {
  process.execPath = NODE;
  vi.restoreAllMocks();
});

const start = () =>
  new Machine({ program: new URL("file:///no/such/machine.cjs"), arguments: [], onChange: () => {} });

test("one whose program cannot be started does not run, says so, and can be crashed and stopped", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  process.execPath = "/no/such/program";
  const machine = start();
  await machine.crash();
  expect(machine.isRunning).toBe(false);
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/^A machine could not be started: .*ENOENT/));
  await machine.stop();
});
