import { checkPriority } from "../../core/self-description/index.ts";
import { anyBoolean, anySignal, findIssues, milliseconds, nullish } from "../../core/validation/checks.ts";
import { type OptionsOrNullOf, option, optionsCheck } from "../../core/validation/options.ts";
import { MsbValueError } from "../../support/errors.ts";

/** Milliseconds. */
const TIMEOUT = 10_000;
const CACHED_TIMEOUT = 30_000;

/** The options of `machine.call()`; the doc comments are for users, as those of the client's options are. */
const MACHINE_CALL_OPTIONS = {
  /** Milliseconds to wait for the machine's answer. Then the promise rejects with `TIMEOUT`. @default 10000; with `cached` 30000, which is longer than the pause before the next connection */
  timeout: option(milliseconds(1)),
  /** Rejects the promise with `ABORTED`. A call that is not sent yet is taken back. The machine may still carry out one that was sent. @default none */
  signal: option(anySignal),
  /** How urgent it is. @default "LOW" */
  priority: option(checkPriority),
  /** Let the call wait while there is no connection, up to `timeout`. It waits in memory only, not in the `store`. @default the client option `cached`, which is false */
  cached: option(anyBoolean),
};

/** How a function of a machine is called. `null` is the same as leaving an option out. */
export interface MachineCallOptions extends OptionsOrNullOf<typeof MACHINE_CALL_OPTIONS> {}

const checkOptions = optionsCheck(MACHINE_CALL_OPTIONS, nullish);

/** @throws {MsbValueError} listing every option that is wrong. */
export function readCallOptions(options: MachineCallOptions, subject: string, isCachedByDefault: boolean) {
  const issues = findIssues(checkOptions, options);
  if (issues.length > 0) {
    throw new MsbValueError(subject, issues);
  }
  const { timeout, signal, ...terms } = options;
  const isCached = terms.cached ?? isCachedByDefault;
  return { timeout: timeout ?? (isCached ? CACHED_TIMEOUT : TIMEOUT), signal: signal ?? undefined, terms };
}
