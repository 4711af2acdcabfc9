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

/** The faults that last; asked for each message. */
export class FaultState {
  /** By how many milliseconds everything that the broker sends is late. */
  delay = 0;
  #refusals: RefusalFault[] = [];
  #silences: SilenceFault[] = [];

  get refusals(): readonly RefusalFault[] {
    return this.#refusals;
  }

  get silences(): readonly SilenceFault[] {
    return this.#silences;
  }

  /** @throws {MsbError} `BUSY` if there are too many. */
  addRefusal(refusal: RefusalFault): void {
    checkRoom(this.#refusals);
    this.#refusals = [...this.#refusals, refusal];
  }

  /** @throws {MsbError} `BUSY` if there are too many. */
  addSilence(silence: SilenceFault): void {
    const isNew = !this.#silences.some(({ kind, uuid }) => kind === silence.kind && uuid === silence.uuid);
    if (isNew) {
      checkRoom(this.#silences);
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
    this.#refusals = this.#refusals.toSpliced(index, 1, ...rest);
    return fault.reply;
  }

  isSilent(kind: AnsweredKind, uuid: string | undefined): boolean {
    return this.#silences.length > 0 && this.#silences.some((fault) => concerns(fault, kind, uuid));
  }

  clear(): void {
    this.delay = 0;
    this.#refusals = [];
    this.#silences = [];
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
