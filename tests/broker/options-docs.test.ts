// The tables of docs/reference/broker.md follow from the usage of the command, and from the doc comments of BrokerOptions.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BROKER_PAGE, brokerOptions, brokerPage, commandOptions } from "../../scripts/broker-options.ts";
import { OPTIONS } from "../../src/broker/command/arguments.ts";
import { readCommandLine } from "../../src/broker/command/options.ts";
import { resolveOptions } from "../../src/broker/options.ts";

describe("the options of msb-broker", () => {
  it("are all in its usage, and no others", () => {
    const shown = commandOptions().map(({ name }) => name.slice(2));
    // Another name for --verbose, which its line mentions.
    expect([...shown, "debug"].sort()).toEqual(Object.keys(OPTIONS).sort());
  });

  it.each(commandOptions())("$name has the short form and the kind of value that are shown", (option) => {
    const { type, short } = { short: undefined, ...OPTIONS[option.name.slice(2) as keyof typeof OPTIONS] };
    expect({ type, short: short && `-${short}` }).toEqual({
      type: option.value === undefined ? "boolean" : "string",
      short: option.short,
    });
    expect(option.prose).not.toBe("");
  });

  it("have the defaults that are shown", () => {
    const shown = Object.fromEntries(commandOptions().map(({ name, byDefault }) => [name, byDefault]));
    const command = readCommandLine([]);
    expect(command).toMatchObject({
      broker: { port: [Number(shown["--port"])], host: shown["--host"] },
      speed: Number(shown["--speed"]),
      log: shown["--log"],
    });
    expect(resolveOptions({}).maxMessageSize).toBe(Number(shown["--max-message-size"]));
  });
});

describe("the options of startBroker()", () => {
  const options = brokerOptions();

  it("say what they do, and their default", () => {
    const lacking = options.filter(({ prose, byDefault }) => prose === "" || byDefault === undefined);
    expect(lacking.map(({ name }) => name)).toEqual([]);
    expect(options.map(({ name }) => name)).toContain("tls.port");
  });

  it("have the defaults that are said", () => {
    const resolved = { ...resolveOptions({}), port: 0 } as unknown as Record<string, unknown>;
    const said = options.filter(({ byDefault = "" }) => /^([\d_]+|true|false|\[\]|".*")$/.test(byDefault));
    const values = said.map(({ name, byDefault = "" }) => [
      name,
      JSON.parse(byDefault.replaceAll(/(\d)_/g, "$1")),
    ]);
    expect(values).toEqual(said.map(({ name }) => [name, resolved[name]]));
    expect(said.length).toBeGreaterThan(8);
  });
});

it("docs/reference/broker.md has them (if not: npm run docs:options)", () => {
  const page = readFileSync(BROKER_PAGE, "utf8");
  expect(page).toBe(brokerPage(page));
});
