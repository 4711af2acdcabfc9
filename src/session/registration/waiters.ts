import { type Deferred, deferred } from "../../support/deferred.ts";

/** Who waits for the answer to one R. */
export class Waiters {
  /** Who called `register()`. */
  readonly callers: Deferred<void>[];
  /** Who changed the self-description. */
  readonly changes: Deferred<void>[];

  constructor(callers: readonly Deferred<void>[] = [], changes: readonly Deferred<void>[] = []) {
    this.callers = [...callers];
    this.changes = [...changes];
  }

  get all(): readonly Deferred<void>[] {
    return [...this.callers, ...this.changes];
  }

  /** One promise for all of a kind. */
  wait(who: "callers" | "changes"): Promise<void> {
    const [known] = this[who];
    const waiter = known ?? deferred();
    if (known === undefined) {
      this[who].push(waiter);
    }
    return waiter.promise;
  }

  /** Those who waited for another R wait for this one, and come first. */
  adopt({ callers, changes }: Waiters): void {
    this.callers.unshift(...callers);
    this.changes.unshift(...changes);
  }
}
