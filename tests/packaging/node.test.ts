import { describe, expect, inject, test as it } from "vitest";
import { run } from "../support/package/program.ts";

/** Without it, a Node.js that can `require` ES modules would hide that a package needs it. */
const NO_REQUIRE_ESM = process.features.require_module ? ["--no-experimental-require-module"] : [];

const job = {
  name: "Press 7",
  reply: "IO_PUBLISHED",
  published: { celsius: 21.5 },
  answer: 42,
};

describe.each(["consumer", "consumerOfOldestZod"] as const)("%s", (consumer) => {
  it.each([
    ["import", ["program.mjs"]],
    ["require", [...NO_REQUIRE_ESM, "program.cjs"]],
  ])(
    "a program with %s publishes and answers a call over both framings, and ends by itself",
    async (_name, args) => {
      const { code, output } = await run(process.execPath, args, { cwd: inject(consumer) });
      expect(code, output).toBe(0);
      const { jobs, lingered } = JSON.parse(output);
      expect(jobs).toEqual({ sockjs: { framing: "sockjs", ...job }, raw: { framing: "raw", ...job } });
      // The shortest timer of the SDK takes three seconds.
      expect(lingered).toBeLessThan(2_500);
    },
  );
});

it("the package leaves nothing in its process: not by being imported, and not by a broker", async () => {
  const { code, output } = await run(process.execPath, ["traces.mjs"], { cwd: inject("consumer") });
  expect(code, output).toBe(0);
  const { before, imported, closed } = JSON.parse(output);
  expect(imported).toEqual(before);
  expect(closed).toEqual(before);
});

it.each([
  ["import", ["level-store-program.mjs"]],
  ["require", [...NO_REQUIRE_ESM, "level-store-program.cjs"]],
])("the level store keeps events, and throws the errors of the SDK (%s)", async (_name, args) => {
  const { code, output } = await run(process.execPath, args, { cwd: inject("consumer") });
  expect(code, output).toBe(0);
  expect(JSON.parse(output)).toEqual({
    events: [{ key: 1, event: { eventId: "E1", message: "E {}" } }],
    refusal: { isMsbError: true, code: "STORE_FAILED" },
  });
});

it.each([
  ["import", ["testing-program.mjs"]],
  ["require", [...NO_REQUIRE_ESM, "testing-program.cjs"]],
])(
  "the testing entry has the client and the errors of the SDK, and ends by itself (%s)",
  async (_name, args) => {
    const { code, output } = await run(process.execPath, args, { cwd: inject("consumer") });
    expect(code, output).toBe(0);
    expect(JSON.parse(output)).toEqual({ answer: 60, calls: 1, isOneClass: true, state: "registered" });
  },
);

it("the level store without level says what is missing", async () => {
  const { code, output } = await run(process.execPath, ["level-store-program.mjs"], {
    cwd: inject("consumerOfOldestZod"),
  });
  expect(code).toBe(1);
  expect(output).toContain("Cannot find package 'level'");
});
