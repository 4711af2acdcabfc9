import type { PublishKind } from "./program.ts";

/** What must not be. */
export interface Finding {
  /** The sentence of the contract that does not hold. */
  readonly kind: string;
  readonly detail: string;
}

/** One published event: what its publisher was told, and what the server knows of it. */
export interface EventRecord {
  readonly number: number;
  readonly kind: PublishKind;
  readonly poison: number;
  /** Whether what its publisher was told is seen at once, and not at the end only. */
  readonly awaited: boolean;
  outcome: "pending" | "resolved" | "rejected";
  error: { readonly code: string; readonly message: string } | undefined;
  /** How often it went to a socket. */
  sent: number;
  accepted: boolean;
  refused: boolean;
  /** Closes by the server while it was the oldest without an answer and the code was 1009. */
  headAt1009: number;
  /** Closes by the server while it alone was without an answer. */
  aloneAtClose: number;
}

/** Codes that say: it was not sent, and never will be. */
const NOT_SENT: ReadonlySet<string> = new Set([
  "NOT_CONNECTED",
  "NOT_REGISTERED",
  "BUSY",
  "EVENT_DROPPED",
  "STORE_FAILED",
  "INVALID_VALUE",
]);

/** All events of a program, and the judgement on them. */
export class Ledger {
  readonly findings: Finding[] = [];
  readonly #events: EventRecord[] = [];
  /** Numbers as the server came to them for the first time. */
  readonly #arrivals: number[] = [];
  readonly #remembered = new Set<number>();
  readonly #mayBeLate = new Set<number>();

  /** Told once for each kind: what follows is often its consequence. */
  found(kind: string, detail = ""): void {
    if (this.findings.every((finding) => finding.kind !== kind)) {
      this.findings.push({ kind, detail });
    }
  }

  publish(kind: PublishKind, poison: number, awaited: boolean): EventRecord {
    const record: EventRecord = {
      number: this.#events.length,
      kind,
      poison,
      awaited,
      outcome: "pending",
      error: undefined,
      sent: 0,
      accepted: false,
      refused: false,
      headAt1009: 0,
      aloneAtClose: 0,
    };
    this.#events.push(record);
    return record;
  }

  event(number: number): EventRecord {
    const record = this.#events[number];
    if (record === undefined) {
      throw new Error(`no event ${number} was published`);
    }
    return record;
  }

  /** An E went to the socket. */
  onSent(number: number): void {
    const record = this.event(number);
    record.sent += 1;
    if (record.kind === "uncached" && record.sent > 1) {
      this.found("an uncached event is sent once", name(record));
    }
  }

  /** Its process could not take these back from a store, whatever became of them: the next one sends them (again), and late. */
  remembered(numbers: Iterable<number>): void {
    for (const number of numbers) {
      this.#remembered.add(number);
      this.#mayBeLate.add(number);
    }
  }

  /** A store that may not be read in time holds these: what was published since goes first. */
  overtaken(numbers: Iterable<number>): void {
    for (const number of numbers) {
      this.#mayBeLate.add(number);
    }
  }

  /** The server has read it. */
  onArrival(number: number): void {
    if (!this.#arrivals.includes(number)) {
      this.#arrivals.push(number);
    }
  }

  /** The server ended the connection with a close frame; these events have no answer. */
  onServerClose(code: number, unanswered: readonly number[]): void {
    const [head] = unanswered;
    if (head === undefined) {
      return;
    }
    if (code === 1009) {
      this.event(head).headAt1009 += 1;
    }
    if (unanswered.length === 1) {
      this.event(head).aloneAtClose += 1;
    }
  }

  resolved(record: EventRecord, isOnDisk: boolean): void {
    record.outcome = "resolved";
    if (record.kind === "stored") {
      if (record.awaited && !record.accepted && !isOnDisk) {
        this.found("stored is stored or accepted, when it is told", name(record));
      }
    } else if (!record.accepted) {
      this.found("resolved means accepted", name(record));
    }
  }

  rejected(record: EventRecord, error: { readonly code: string; readonly message: string }): void {
    record.outcome = "rejected";
    record.error = error;
    // From a store it may be sent by the next connection.
    if (record.awaited && record.sent > 0 && /was not sent/.test(error.message)) {
      this.found(`${error.code} says not sent, but it was`, name(record));
    }
    if (record.kind === "stored" && error.code === "EVENT_DROPPED") {
      this.found("until stored is never dropped", name(record));
    }
  }

  /** When everything has come to its end. */
  judge(): void {
    for (const record of this.#events) {
      this.#judgeRejection(record);
    }
    const arrivals = this.#arrivals.filter((number) => !this.#mayBeLate.has(number));
    const late = arrivals.filter((number, index) => number < (arrivals[index - 1] ?? -1));
    if (late.length > 0) {
      this.found("first arrivals are in order", arrivals.join(" "));
    }
  }

  /** @param onDisk numbers in the store */
  judgeStored(onDisk: ReadonlySet<number>): void {
    for (const record of this.#events) {
      const wasTold = record.kind === "stored" && record.outcome === "resolved";
      if (wasTold && !onDisk.has(record.number) && !isDecided(record)) {
        this.found("what was told stored is not lost", name(record));
      }
    }
  }

  #judgeRejection(record: EventRecord): void {
    const { error } = record;
    if (error === undefined) {
      return;
    }
    const wasSent = record.sent > 0 && !this.#remembered.has(record.number);
    if (wasSent && NOT_SENT.has(error.code)) {
      this.found(`${error.code} says not sent, but it was`, name(record));
    }
    if (error.code === "TOO_LARGE" && record.headAt1009 === 0) {
      this.found("TOO_LARGE needs a 1009 with this event as head", name(record));
    }
    if (error.code === "UNDELIVERABLE" && record.aloneAtClose < 3) {
      this.found("UNDELIVERABLE needs three closes with this event alone", name(record));
    }
    if (error.code === "REFUSED" && !record.refused) {
      this.found("REFUSED needs a refusal", name(record));
    }
  }
}

/** Its publisher cannot be told any more, but the server has had its say. */
function isDecided(record: EventRecord): boolean {
  return record.accepted || record.refused || record.headAt1009 > 0 || record.aloneAtClose >= 3;
}

function name({ number, kind, sent, accepted, outcome, error }: EventRecord): string {
  const told = error === undefined ? outcome : `${error.code}: ${error.message}`;
  return `event ${number} (${kind}, sent ${sent} times, ${accepted ? "" : "not "}accepted): ${told}`;
}
