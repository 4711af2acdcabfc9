import { clip } from "../../support/clip.ts";
import { formatIssues, type MsbIssue } from "../../support/errors.ts";
import type { FaultState } from "../faults/fault-state.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Incidents } from "../observing/incidents.ts";
import type { Log } from "../observing/log.ts";
import type { Reply } from "../protocol/messages.ts";
import type { Refusal } from "../protocol/refusals.ts";
import type { ServiceDirectory } from "../services/service-directory.ts";
import { MAX_NOTE } from "../support/limits.ts";
import type { ReceivedMessage } from "./received-message.ts";
import type { Sender } from "./sender.ts";

export interface RepliesDependencies {
  readonly sender: Sender;
  readonly faults: FaultState;
  readonly directory: ServiceDirectory;
  readonly counters: BrokerCounters;
  readonly incidents: Incidents;
  readonly log: Log;
}

/** The replies to `R` and `E`, with what trace and log say about them. */
export class Replies {
  readonly #sender: Sender;
  readonly #faults: FaultState;
  readonly #directory: ServiceDirectory;
  readonly #counters: BrokerCounters;
  readonly #incidents: Incidents;
  readonly #log: Log;

  constructor(dependencies: RepliesDependencies) {
    this.#sender = dependencies.sender;
    this.#faults = dependencies.faults;
    this.#directory = dependencies.directory;
    this.#counters = dependencies.counters;
    this.#incidents = dependencies.incidents;
    this.#log = dependencies.log;
  }

  /** Sends the reply, unless a fault keeps it back. */
  answer(message: ReceivedMessage, reply: Reply): void {
    const { connection, kind, uuid, entry, answer } = message;
    message.answered = true;
    if (this.#faults.isSilent(kind, uuid)) {
      entry.note = `${entry.note ?? reply}, not answered: a fault was asked for`;
      return;
    }
    this.#sender.send(connection, { text: reply, info: { kind: "reply", uuid, answers: entry.seq }, answer });
  }

  refuse(message: ReceivedMessage, refusal: Refusal, reason: string): void {
    const { connection, kind, uuid, entry } = message;
    if (kind === "R") {
      this.#counters.registrationsRefused += 1;
    } else {
      this.#counters.eventsRefused += 1;
    }
    const counters = uuid === undefined ? undefined : this.#directory.countersOf(uuid);
    if (counters !== undefined) {
      counters.refused += 1;
    }
    const note = `${refusal}: ${reason}`;
    this.#incidents.happened("refused", uuid, message.at, { reason: note });
    entry.level = "warn";
    entry.note = clip(note, MAX_NOTE);
    this.answer(message, refusal);
    this.#log.write({ level: "warn", message: note, connectionId: connection.id, uuid });
  }

  /** Refuses the message if a fault says so. @returns whether it does. */
  refuseByFault(message: ReceivedMessage): boolean {
    const refusal = this.#faults.takeRefusal(message.kind, message.uuid);
    if (refusal === undefined) {
      return false;
    }
    this.refuse(message, refusal, "a fault was asked for");
    return true;
  }

  /** Notes what is odd about a registration that is accepted. */
  warn({ connection, uuid, entry }: ReceivedMessage, warnings: readonly MsbIssue[]): void {
    if (warnings.length > 0) {
      const note = `accepted, but ${formatIssues(warnings)}`;
      entry.level = "warn";
      entry.note = clip(note, MAX_NOTE);
      const message = `Registration ${note}`;
      this.#log.write({ level: "warn", message, connectionId: connection.id, uuid });
    }
  }
}
