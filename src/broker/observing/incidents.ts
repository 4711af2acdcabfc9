import { clip } from "../../support/clip.ts";
import { MAX_ID_LENGTH, MAX_INCIDENTS, MAX_NOTE } from "../support/limits.ts";

/** What somebody should look at: a message was refused, a call was dropped, a service had to register on a new connection. */
export type IncidentKind = "refused" | "dropped" | "returned";

/** The same thing, for the same service, with no more than five minutes between two of them. */
export interface Incident {
  readonly kind: IncidentKind;
  /** `undefined` if the message did not say. */
  readonly uuid: string | undefined;
  /** The first and the last time, in milliseconds since 1970. */
  readonly since: number;
  readonly last: number;
  readonly count: number;
  /** What was said about the last one. */
  readonly reason: string | undefined;
}

/** After as many milliseconds without another one it is over. */
const QUIET_TIME = 300_000;

/** What went wrong lately, by kind and service; if it is too much of a kind, what is longest ago of it goes. */
export class Incidents {
  /** By service, in the order of their last time. Each kind has room of its own: many of one must not hide the others. */
  readonly #incidents: Readonly<Record<IncidentKind, Map<string | undefined, Incident>>> = {
    refused: new Map(),
    dropped: new Map(),
    returned: new Map(),
  };

  happened(
    kind: IncidentKind,
    uuid: string | undefined,
    at: number,
    details: { count?: number; reason?: string } = {},
  ): void {
    const { count = 1, reason } = details;
    const who = uuid === undefined ? undefined : clip(uuid, MAX_ID_LENGTH);
    const ofKind = this.#incidents[kind];
    const known = ofKind.get(who);
    const isOver = known === undefined || at - known.last > QUIET_TIME;
    ofKind.delete(who);
    ofKind.set(who, {
      kind,
      uuid: who,
      since: isOver ? at : known.since,
      last: at,
      count: isOver ? count : known.count + count,
      reason: reason === undefined ? undefined : clip(reason, MAX_NOTE),
    });
    if (ofKind.size > MAX_INCIDENTS) {
      for (const oldest of ofKind.keys()) {
        ofKind.delete(oldest);
        break;
      }
    }
  }

  /** Those that are not over, the last one first. */
  list(now: number): Incident[] {
    return Object.values(this.#incidents)
      .flatMap((ofKind) => [...ofKind.values()])
      .filter(({ last }) => now - last <= QUIET_TIME)
      .sort((a, b) => b.last - a.last);
  }
}
