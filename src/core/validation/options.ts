import { asMsbError } from "../../support/errors.ts";
import { type Check, findIssues, nullish, optional, optionsObject } from "./checks.ts";
import { throwIssues } from "./issues.ts";

/** One option: what it may be, and what it is if nothing is said. Its doc comment says what it does. */
export interface Option<Value> {
  /** @internal Checks a value that is given. */
  readonly check: Check;
  readonly default: Value;
}

/** One that cannot change later: it is read when the parts that use it are made. */
export interface FixedOption<Value> extends Option<Value> {
  readonly isFixed: true;
}

/** Options by their names: the one place of each, from which types, checks, defaults and docs/reference/options.md follow. */
type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** What a user may say: some of the options. The doc comments in the table are those of the properties. */
export type OptionsOf<Table> = {
  [Name in keyof Table]?: Table[Name] extends Option<infer Value> ? Exclude<Value, undefined> : never;
};

/** The same; `null` says nothing either. */
export type OptionsOrNullOf<Table> = {
  [Name in keyof OptionsOf<Table>]: OptionsOf<Table>[Name] | null;
};

/** The names of those that can change later. */
export type ChangeableNameOf<Table> = {
  [Name in keyof Table]: Table[Name] extends FixedOption<unknown> ? never : Name;
}[keyof Table];

/** What the program reads: all of the options. Setters change it. */
export type SettingsOf<Table> = {
  -readonly [Name in keyof Table]: Table[Name] extends Option<infer Value> ? Value : never;
};

export function option<Value>(check: Check<Value>, fallback: NoInfer<Value>): Option<Value>;
export function option<Value>(check: Check<Value>): Option<Value | undefined>;
export function option(check: Check, fallback?: unknown): Option<unknown> {
  return { check, default: fallback };
}

export function fixed<Value>(entry: Option<Value>): FixedOption<Value> {
  return { ...entry, isFixed: true };
}

export function isFixed(entry: Option<unknown>): boolean {
  return "isFixed" in entry;
}

/** Checks options that are given as an object, in which each may be left out, and no other may be. */
export function optionsCheck(table: OptionTable, leftOut: (check: Check) => Check = optional): Check {
  const checks = Object.entries(table).map(([name, { check }]) => [name, leftOut(check)] as const);
  return optionsObject(Object.fromEntries(checks));
}

/**
 * Reads the options of a method: `null` leaves one out, or all.
 * @returns throws `MsbDefinitionError` with everything that is wrong
 */
export function optionsReader<Options extends object>(checks: Readonly<Record<keyof Options, Check>>) {
  const fields = Object.entries<Check>(checks).map(
    ([name, checkField]) => [name, nullish(checkField)] as const,
  );
  const checkOptions = nullish(optionsObject<Options>(Object.fromEntries(fields)));
  return (subject: string, options: Options | null | undefined): Options => {
    try {
      throwIssues(subject, findIssues(checkOptions, options));
      const given = Object.entries(options ?? {}).filter(([, value]) => value !== null);
      return Object.fromEntries(given) as Options;
    } catch (error) {
      // A getter may throw anything.
      throw asMsbError(error);
    }
  };
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
