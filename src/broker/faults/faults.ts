import { mustBe } from "../../core/validation/describe-value.ts";
import { quote } from "../../support/clip.ts";
import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import type { Log } from "../observing/log.ts";
import type { Trace } from "../observing/trace.ts";
import { REFUSALS, type Refusal } from "../protocol/refusals.ts";
import type { AnsweredKind, FaultState, RefusalFault, SilenceFault } from "./fault-state.ts";

/** Options of {@link BrokerFaults.refuseNext}. */
export interface RefuseOptions {
  /** @default `NIO_REGISTRATION_ERROR` for R, `NIO_EVENT_FORWARDING_ERROR` for E */
  readonly reply?: Refusal | undefined;
  /** How many of them. @default 1 */
  readonly count?: number | undefined;
  /** Only those of this service. @default those of all services */
  readonly uuid?: string | undefined;
}

/** The faults that are in force. */
export interface ActiveFaults {
  /** By how many milliseconds everything that the broker sends is late. */
  readonly delay: number;
  readonly refusals: readonly RefusalFault[];
  readonly silences: readonly SilenceFault[];
  /** The ids of the connections that are half-open. */
  readonly halfOpen: readonly string[];
}

/** Faults that can be asked for. See also `cut` and `disconnect` of the broker. */
export interface BrokerFaults {
  readonly active: ActiveFaults;
  /**
   * The service's connection stays open, but nothing passes it any more in either direction, not even a close frame or the
   * answer to a websocket ping. When the service registers again on a new connection, the half-open one is dropped, and it is
   * not told `NIO_ALREADY_CONNECTED`.
   * @throws {MsbError} `NOT_REGISTERED`
   * @example
   * broker.faults.halfOpen("press-7");
   * await broker.waitForRegistration("press-7", { next: true, timeout: 90_000 }); // the client has noticed
   */
  halfOpen(uuid: string): void;
  /**
   * R or E are taken as ever, but not answered, whether they would be accepted or refused. @param uuid only of this service.
   * @example
   * broker.faults.stopAcknowledging("E", "press-7"); // its events arrive, and it never learns of it
   */
  stopAcknowledging(kind?: AnsweredKind | "all", uuid?: string): void;
  /**
   * Ends {@link stopAcknowledging}; what was not answered stays so.
   * @example
   * broker.faults.resumeAcknowledging(); // R and E of all services
   */
  resumeAcknowledging(kind?: AnsweredKind | "all", uuid?: string): void;
  /**
   * The next R or E are refused, and have no other effect. @throws {MsbDefinitionError} for a reply that does not exist.
   * @example
   * broker.faults.refuseNext("R", { reply: "NIO_ALREADY_CONNECTED", count: 2 });
   */
  refuseNext(kind: AnsweredKind, options?: RefuseOptions): void;
  /**
   * Everything that the broker sends is late by this many milliseconds, in order; 0 ends it. @throws {MsbDefinitionError}
   * @example
   * broker.faults.delay(500);
   */
  delay(milliseconds: number): void;
  /**
   * Closes all connections and the port, and listens again on the same port. Flows, queues, events and remembered services
   * stay.
   * @param downtime milliseconds until it listens again. @default 0
   * @throws {MsbError} (rejects) `CONNECT_FAILED` if another program has taken the port meanwhile.
   * @example
   * await broker.faults.restart(2_000); // nobody can connect for two seconds
   */
  restart(downtime?: number): Promise<void>;
  /**
   * Ends all faults that last; half-open connections are dropped.
   * @example
   * broker.faults.delay(500);
   * broker.faults.clear();
   * console.log(broker.faults.active.delay); // 0
   */
  clear(): void;
}

export interface FaultDependencies {
  readonly state: FaultState;
  readonly trace: Trace;
  readonly log: Log;
  /** The ids of the connections that are half-open. */
  readonly halfOpen: () => readonly string[];
  readonly freeze: (uuid: string) => void;
  readonly dropHalfOpen: () => void;
  readonly restart: (downtime: number) => Promise<void>;
}

/** Milliseconds. */
export const MAX_DELAY = 600_000;
/** How many messages one fault refuses. */
export const MAX_REFUSALS = 1_000_000;

export function createFaults(dependencies: FaultDependencies): BrokerFaults {
  const { state, trace, log } = dependencies;
  const note = (what: string, uuid?: string) => {
    const message = `Fault: ${what}${uuid === undefined ? "" : ` (${quote(uuid)})`}`;
    log.write({ level: "info", message, uuid });
    trace.note("info", message, undefined, uuid);
  };
  return {
    get active() {
      const { delay, refusals, silences } = state;
      return { delay, refusals, silences, halfOpen: dependencies.halfOpen() };
    },
    halfOpen(uuid) {
      dependencies.freeze(uuid);
      note("the connection is half-open", uuid);
    },
    stopAcknowledging(kind = "all", uuid) {
      const kinds = readKinds(kind);
      for (const each of kinds) {
        state.addSilence({ kind: each, uuid });
      }
      note(`${kinds.join(" and ")} are not answered`, uuid);
    },
    resumeAcknowledging(kind = "all", uuid) {
      const kinds = readKinds(kind);
      state.removeSilences(kinds, uuid);
      note(`${kinds.join(" and ")} are answered again`, uuid);
    },
    refuseNext(kind, { reply, count = 1, uuid } = {}) {
      check("kind", kind, kind === "R" || kind === "E", "R or E");
      const refusal = reply ?? (kind === "R" ? "NIO_REGISTRATION_ERROR" : "NIO_EVENT_FORWARDING_ERROR");
      check("reply", refusal, REFUSALS.includes(refusal), `one of ${REFUSALS.join(", ")}`);
      const isCount = Number.isInteger(count) && count >= 1 && count <= MAX_REFUSALS;
      check("count", count, isCount, `a whole number from 1 to ${MAX_REFUSALS}`);
      state.addRefusal({ kind, reply: refusal, remaining: count, uuid });
      note(`the next ${count} ${kind} are refused with ${refusal}`, uuid);
    },
    delay(milliseconds) {
      checkDuration("delay", milliseconds);
      state.delay = milliseconds;
      note(`everything is sent ${milliseconds} ms late`);
    },
    async restart(downtime = 0) {
      checkDuration("downtime", downtime);
      note(`restart, after a pause of ${downtime} ms`);
      try {
        await dependencies.restart(downtime);
      } catch (error) {
        log.write({ level: "error", message: `The restart failed: ${describeError(error)}` });
        throw error;
      }
    },
    clear() {
      state.clear();
      dependencies.dropHalfOpen();
      note("all ended");
    },
  };
}

function readKinds(kind: AnsweredKind | "all"): AnsweredKind[] {
  check("kind", kind, kind === "all" || kind === "R" || kind === "E", "R, E or all");
  return kind === "all" ? ["R", "E"] : [kind];
}

function checkDuration(path: string, value: number): void {
  const isRight = Number.isFinite(value) && value >= 0 && value <= MAX_DELAY;
  check(path, value, isRight, `milliseconds from 0 to ${MAX_DELAY}`);
}

function check(path: string, value: unknown, isRight: boolean, what: string): void {
  if (!isRight) {
    throw new MsbDefinitionError("The fault", [{ path, message: mustBe(what, value) }]);
  }
}
