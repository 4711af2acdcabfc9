// The alarms of a machine.
import type { Alarm } from "../contracts/alarm.ts";

/** Milliseconds for which an alarm that is over is still told to those who come later. */
const TOLD_AFTER_END = 30_000;

interface Raised {
  alarm: Alarm;
  endedAt: number | undefined;
}

export class Alarms {
  readonly #tell: (alarm: Alarm) => void;
  readonly #raised = new Map<string, Raised>();
  #count = 0;

  /** @param tell publishes an alarm as it is now */
  constructor(tell: (alarm: Alarm) => void) {
    this.#tell = tell;
  }

  isActive(kind: string): boolean {
    return this.#active(kind) !== undefined;
  }

  /** An alarm of this kind begins; if there is one already, nothing happens. */
  raise(kind: string, priority: Alarm["priority"], text: string): void {
    if (this.isActive(kind)) {
      return;
    }
    this.#count += 1;
    const now = Date.now();
    // Different over restarts of the machine, too.
    const id = `${kind}-${now.toString(36)}-${this.#count}`;
    const at = new Date(now).toISOString();
    this.#put({ id, text, priority, active: true, acknowledged: false, at });
  }

  end(kind: string): void {
    const raised = this.#active(kind);
    if (raised !== undefined) {
      this.#put({ ...raised.alarm, active: false }, Date.now());
    }
  }

  /** @returns the alarm as it is then, which whoever asked gets as the answer */
  acknowledge(id: string): Alarm {
    const raised = this.#raised.get(id);
    if (raised === undefined) {
      const at = new Date().toISOString();
      return { id, text: "This alarm is over.", priority: "LOW", active: false, acknowledged: true, at };
    }
    raised.alarm = { ...raised.alarm, acknowledged: true };
    return raised.alarm;
  }

  /** Tells them again, for those who came later. */
  repeat(): void {
    for (const [id, { alarm, endedAt }] of this.#raised) {
      if (endedAt !== undefined && Date.now() - endedAt > TOLD_AFTER_END) {
        this.#raised.delete(id);
      } else {
        this.#tell(alarm);
      }
    }
  }

  #active(kind: string): Raised | undefined {
    return [...this.#raised.values()].find(({ alarm }) => alarm.active && alarm.id.startsWith(`${kind}-`));
  }

  #put(alarm: Alarm, endedAt?: number): void {
    this.#raised.set(alarm.id, { alarm, endedAt });
    this.#tell(alarm);
  }
}
