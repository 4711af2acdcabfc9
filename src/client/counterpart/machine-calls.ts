import type { CheckedFunction } from "../../core/self-description/index.ts";
import { throwIfAborted } from "../../support/abort.ts";
import { AbortSignals } from "../../support/abort-signals.ts";
import { quote } from "../../support/clip.ts";
import type { Clock } from "../../support/clock.ts";
import { type Deferred, withResolvers } from "../../support/deferred.ts";
import { MsbError } from "../../support/errors.ts";
import { createUuid } from "../../support/uuid.ts";
import type { MsbEvent } from "../event.ts";
import { type MachineCallOptions, readCallOptions } from "./call-options.ts";

/** A function of a machine, and the event of this service that a flow makes a call of it. */
export interface MachineFunction {
  readonly description: CheckedFunction;
  readonly event: MsbEvent;
}

/** An answer that came. */
interface MachineAnswer {
  readonly eventId: string;
  readonly value: unknown;
}

interface WaitingCall extends Deferred<MachineAnswer | undefined> {
  readonly responseEventIds: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** What error messages call it. */
  readonly subject: string;
}

/** The calls of a machine that wait for their response events. */
export class MachineCalls {
  readonly #machine: string;
  readonly #clock: Clock;
  readonly #isCachedByDefault: () => boolean;
  /** All of them, also those that middleware still holds. */
  readonly #open = new Set<WaitingCall>();
  /** By correlation id. */
  readonly #waiting = new Map<string, WaitingCall>();
  readonly #signals = new AbortSignals<WaitingCall>((call, signal) =>
    call.reject(aborted(call.subject, signal)),
  );

  /** @param machine what error messages call it */
  constructor(machine: string, clock: Clock, isCachedByDefault: () => boolean) {
    this.#machine = machine;
    this.#clock = clock;
    this.#isCachedByDefault = isCachedByDefault;
  }

  /** Resolves to the answer; to `undefined` as soon as the MSB has accepted the call, if no answer is to come. */
  async call(
    { description, event }: MachineFunction,
    value: unknown,
    options: MachineCallOptions,
  ): Promise<MachineAnswer | undefined> {
    const { functionId, responseEventIds } = description;
    const subject = `Calling ${JSON.stringify(functionId)} of ${this.#machine}`;
    const { timeout, signal, terms } = readCallOptions(options, subject, this.#isCachedByDefault());
    throwIfAborted(signal, subject);

    const waiting: WaitingCall = {
      ...withResolvers<MachineAnswer | undefined>(),
      responseEventIds,
      signal,
      subject,
    };
    const { promise, resolve, reject } = waiting;
    // Nobody waits for what is not sent by then: it is taken back.
    const unsent = new AbortController();
    let isAccepted = false;
    let timer = this.#clock.setTimeout(() => {
      // If the program stood still, the answer may have come: it is read first.
      timer = this.#clock.setTimeout(() => reject(noAnswer(subject, timeout, isAccepted)), 0);
    }, timeout);
    this.#open.add(waiting);
    this.#signals.watch(waiting);
    let isOver = false;
    let correlationId: string | undefined;
    // Middleware may give it one that says more: the trace that it belongs to, for example.
    const correlate = (given = createUuid()): string => {
      if (this.#waiting.has(given)) {
        throw notUnique(subject, given);
      }
      if (!isOver) {
        correlationId = given;
        this.#waiting.set(given, waiting);
      }
      return given;
    };
    event.publishCorrelated(value, { ...terms, signal: unsent.signal }, correlate).then(() => {
      isAccepted = true;
      if (responseEventIds.length === 0) {
        resolve(undefined);
      }
    }, reject);
    try {
      return await promise;
    } finally {
      isOver = true;
      this.#open.delete(waiting);
      if (correlationId !== undefined) {
        this.#waiting.delete(correlationId);
      }
      this.#clock.clearTimeout(timer);
      this.#signals.release(waiting);
      unsent.abort();
    }
  }

  /** An event of the machine came: it may be what a call waits for. */
  onEvent(correlationId: string | undefined, answer: MachineAnswer): void {
    const call = this.#find(correlationId, answer.eventId);
    call?.resolve(answer);
  }

  /** An event came whose value cannot be read. @returns whether a call waited for it */
  onUnreadable(correlationId: string | undefined, eventId: string, error: MsbError): boolean {
    const call = this.#find(correlationId, eventId);
    call?.reject(error);
    return call !== undefined;
  }

  rejectAll(error: MsbError): void {
    for (const { reject } of [...this.#open]) {
      reject(error);
    }
  }

  #find(correlationId: string | undefined, eventId: string): WaitingCall | undefined {
    const call = correlationId === undefined ? undefined : this.#waiting.get(correlationId);
    return call?.responseEventIds.includes(eventId) === true ? call : undefined;
  }
}

function noAnswer(subject: string, timeout: number, isAccepted: boolean): MsbError {
  const message = isAccepted
    ? `${subject}: no answer arrived within ${timeout} ms. It may still be carried out, for example when the machine is back.`
    : `${subject}: the MSB has not accepted the call within ${timeout} ms.`;
  return new MsbError("TIMEOUT", message, {
    ...(isAccepted
      ? {
          remedy:
            "Is the machine registered, do the flows of machine.flows exist, and did its handler answer?",
        }
      : {}),
  });
}

function notUnique(subject: string, correlationId: string): MsbError {
  const message = `${subject}: middleware gave it the correlation id ${quote(correlationId)} of another call that waits for its answer.`;
  return new MsbError("MIDDLEWARE_FAILED", message);
}

function aborted(subject: string, signal: AbortSignal): MsbError {
  return new MsbError("ABORTED", `${subject} was aborted by its signal.`, { cause: signal.reason });
}
