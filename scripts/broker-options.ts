import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { USAGE } from "../src/broker/command/usage.ts";
import { code, type DescribedOption, defaultCell, describeInterface, table } from "./options-page.ts";

export const BROKER_PAGE = fileURLToPath(new URL("../docs/reference/broker.md", import.meta.url));

const ENTRY = fileURLToPath(new URL("../src/broker/index.ts", import.meta.url));

/** An option of `msb-broker`, as its usage describes it. */
export interface CommandOption {
  /** Such as `--port`. */
  readonly name: string;
  /** Such as `-p`. */
  readonly short: string | undefined;
  /** What follows it, such as `NUMBER`. */
  readonly value: string | undefined;
  readonly prose: string;
  readonly byDefault: string | undefined;
}

const LINE =
  /^ {2}(?:(-\w), )?(--[\w-]+)(?: ([A-Z]+))? {2,}(.*?)(?: {3}\((?:default ([^:;)]+).*|also: .*)\))?$/;

/** The options that `msb-broker --help` shows, in its order. */
export function commandOptions(usage: string = USAGE): CommandOption[] {
  return usage.split("\n").flatMap((line) => {
    const [match, short, name = "", value, prose = "", byDefault] = LINE.exec(line) ?? [];
    return match === undefined ? [] : [{ name, short, value, prose, byDefault }];
  });
}

/** The options of `startBroker()`; those of `tls` have names such as `tls.port`. */
export function brokerOptions(): DescribedOption[] {
  const ofTls = describeInterface(ENTRY, "BrokerTlsOptions").map((option) => ({
    ...option,
    name: `tls.${option.name}`,
  }));
  return [...describeInterface(ENTRY, "BrokerOptions"), ...ofTls];
}

function commandTable(): string {
  const rows = commandOptions().map(({ name, short, value, prose, byDefault = "" }) => {
    const named = [
      ...(short === undefined ? [] : [code(short)]),
      code(value === undefined ? name : `${name} ${value}`),
    ];
    return [named.join(", "), prose, byDefault === "" ? "" : code(byDefault.trim())];
  });
  return table(["option", "what it does", "default"], rows);
}

function optionTable(): string {
  const rows = brokerOptions().map(({ name, type, prose, byDefault }) => [
    code(name),
    code(type),
    prose,
    defaultCell(byDefault),
  ]);
  return table(["option", "type", "what it does", "default"], rows);
}

/** docs/reference/broker.md with the tables as they have to be. */
export function brokerPage(page: string = readFileSync(BROKER_PAGE, "utf8")): string {
  const tables = { command: commandTable(), startBroker: optionTable() };
  return Object.entries(tables).reduce((text, [name, content]) => {
    const place = new RegExp(`(<!-- made by npm run docs:options: ${name} -->\n).*?(<!-- end -->)`, "s");
    if (!place.test(text)) {
      throw new Error(`broker.md has no place for the table ${name}.`);
    }
    return text.replace(place, (_, begin: string, end: string) => `${begin}\n${content}\n${end}`);
  }, page);
}
