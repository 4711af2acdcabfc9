import { MsbError } from "../../support/errors.ts";
import type { Refusal } from "../protocol/refusals.ts";
import { MAX_FAULTS } from "../support/limits.ts";

/** The two kinds of messages that are answered. */
export type AnsweredKind = "R" | "E";

/** The next messages of a kind are refused. */
export interface RefusalFault {
  readonly kind: AnsweredKind;
  readonly reply: Refusal;
  /** How many are still to be refused. */
  readonly remaining: number;
  /** Only those of this service; `undefined` for all. */
  readonly uuid: string | undefined;
}

/** Messages of a kind are taken, but not answered. */
export interface SilenceFault {
  readonly kind: AnsweredKind;
  /** Only those of this service; `undefined` for all. */
  readonly uuid: string | undefined;
}

/** Since when a fault is in force, in milliseconds since 1970, and how many messages it has met. */
export interface FaultEffect {
  readonly since: number;
  count: number;
}

/** The faults that last; asked for each message. */
export class FaultState {
  readonly #effects = new WeakMap<object, FaultEffect>();
  #delay = 0;
  #delaySince = 0;
  #refusals: RefusalFault[] = [];
  #silences: SilenceFault[] = [];

  /** By how many milliseconds everything that the broker sends is late. */
  get delay(): number {
    return this.#delay;
  }

  set delay(milliseconds: number) {
    this.#delay = milliseconds;
    this.#delaySince = Date.now();
  }

  get delaySince(): number {
    return this.#delaySince;
  }

  get refusals(): readonly RefusalFault[] {
    return this.#refusals;
  }

  get silences(): readonly SilenceFault[] {
    return this.#silences;
  }

  /** @param fault a refusal or a silence that is in force, or a connection that is half-open. */
  effectOf(fault: object): FaultEffect | undefined {
    return this.#effects.get(fault);
  }

  /** A connection is half-open from now on, unless it was already. */
  halfOpened(connection: object): void {
    if (!this.#effects.has(connection)) {
      this.#begin(connection);
    }
  }

  /** @throws {MsbError} `BUSY` if there are too many. */
  addRefusal(refusal: RefusalFault): void {
    checkRoom(this.#refusals);
    this.#begin(refusal);
    this.#refusals = [...this.#refusals, refusal];
  }

  /** @throws {MsbError} `BUSY` if there are too many. */
  addSilence(silence: SilenceFault): void {
    const isNew = !this.#silences.some(({ kind, uuid }) => kind === silence.kind && uuid === silence.uuid);
    if (isNew) {
      checkRoom(this.#silences);
      this.#begin(silence);
      this.#silences = [...this.#silences, silence];
    }
  }

  /** Ends the silences of these kinds and of this service; of all if `uuid` is undefined. */
  removeSilences(kinds: readonly AnsweredKind[], uuid: string | undefined): void {
    this.#silences = this.#silences.filter(
      (silence) => !(kinds.includes(silence.kind) && (uuid === undefined || silence.uuid === uuid)),
    );
  }

  /** The reply with which this message is refused, counting it; `undefined` if it is not. */
  takeRefusal(kind: AnsweredKind, uuid: string | undefined): Refusal | undefined {
    if (this.#refusals.length === 0) {
      return undefined;
    }
    const index = this.#refusals.findIndex((fault) => concerns(fault, kind, uuid));
    const fault = this.#refusals[index];
    if (fault === undefined) {
      return undefined;
    }
    const rest = fault.remaining > 1 ? [{ ...fault, remaining: fault.remaining - 1 }] : [];
    const { since = Date.now(), count = 0 } = this.#effects.get(fault) ?? {};
    for (const each of rest) {
      this.#effects.set(each, { since, count: count + 1 });
    }
    this.#refusals = this.#refusals.toSpliced(index, 1, ...rest);
    return fault.reply;
  }

  /** Whether this message is not answered, counting it. */
  isSilent(kind: AnsweredKind, uuid: string | undefined): boolean {
    if (this.#silences.length === 0) {
      return false;
    }
    const fault = this.#silences.find((each) => concerns(each, kind, uuid));
    const effect = fault && this.#effects.get(fault);
    if (effect !== undefined) {
      effect.count += 1;
    }
    return fault !== undefined;
  }

  clear(): void {
    this.delay = 0;
    this.#refusals = [];
    this.#silences = [];
  }

  #begin(fault: object): void {
    this.#effects.set(fault, { since: Date.now(), count: 0 });
  }
}

function checkRoom(faults: readonly unknown[]): void {
  if (faults.length >= MAX_FAULTS) {
    throw new MsbError("BUSY", `${MAX_FAULTS} faults of this kind are in force already.`, {
      remedy: "End those that are not needed.",
    });
  }
}

function concerns(
  fault: { readonly kind: AnsweredKind; readonly uuid: string | undefined },
  kind: AnsweredKind,
  uuid: string | undefined,
): boolean {
  return fault.kind === kind && (fault.uuid === undefined || fault.uuid === uuid);
}
