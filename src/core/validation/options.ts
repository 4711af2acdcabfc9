import { type Check, optional, strictObject } from "./checks.ts";

/** One option: what it may be, and what it is if nothing is said. Its doc comment says what it does. */
export interface Option<Value> {
  /** @internal Checks a value that is given. */
  readonly check: Check;
  readonly default: Value;
}

/** Options by their names: the one place of each, from which types, checks, defaults and docs/options.md follow. */
type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** What a user may say: some of the options. The doc comments in the table are those of the properties. */
export type OptionsOf<Table> = {
  [Name in keyof Table]?: Table[Name] extends Option<infer Value> ? Exclude<Value, undefined> : never;
};

/** The same; `null` says nothing either. */
export type OptionsOrNullOf<Table> = {
  [Name in keyof OptionsOf<Table>]: OptionsOf<Table>[Name] | null;
};

/** What the program reads: all of the options. Setters change it. */
export type SettingsOf<Table> = {
  -readonly [Name in keyof Table]: Table[Name] extends Option<infer Value> ? Value : never;
};

export function option<Value>(check: Check<Value>, fallback: NoInfer<Value>): Option<Value>;
export function option<Value>(check: Check<Value>): Option<Value | undefined>;
export function option(check: Check, fallback?: unknown): Option<unknown> {
  return { check, default: fallback };
}

/** Checks options that are given as an object, in which each may be left out, and no other may be. */
export function optionsCheck(table: OptionTable, leftOut: (check: Check) => Check = optional): Check {
  const checks = Object.entries(table).map(([name, { check }]) => [name, leftOut(check)] as const);
  return strictObject(Object.fromEntries(checks));
}

export function defaultsOf<Table extends OptionTable>(table: Table): SettingsOf<Table> {
  const defaults = Object.entries(table).map(([name, entry]) => [name, entry.default] as const);
  return Object.fromEntries(defaults) as SettingsOf<Table>;
}

/** The options that were given, in front of the defaults of the others, which are not copied: thousands of clients share them. */
export function withDefaults<Settings extends object>(
  defaults: Settings,
  options: Readonly<Record<string, unknown>>,
): Settings {
  const given = Object.entries(options).filter(
    ([name, value]) => name in defaults && value !== undefined && value !== null,
  );
  return Object.assign(Object.create(defaults), Object.fromEntries(given));
}
