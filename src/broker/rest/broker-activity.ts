import type { Hono } from "hono";
import type { BrokerComponents } from "../components.ts";
import type { RefusalFault, SilenceFault } from "../faults/fault-state.ts";
import { MAX_PROBLEMS } from "../support/limits.ts";

/** How often a service has to come back, with no more than five minutes in between, until it is a problem. */
const MIN_RETURNS = 3;

/** Something to look at. Times are milliseconds since 1970. */
export interface Trouble {
  /**
   * Messages were refused; calls were dropped; calls wait for a service that is away; a service had to register again and again;
   * a connection is half-open; a fault is in force that somebody has asked for.
   */
  readonly kind: "refused" | "dropped" | "waiting" | "returned" | "halfOpen" | "fault";
  readonly uuid?: string | undefined;
  readonly since: number;
  /** When it was seen last, if that is known. */
  readonly last?: number | undefined;
  /** How often, or how many wait. */
  readonly count?: number | undefined;
  readonly reason?: string | undefined;
  /** Of a half-open connection. */
  readonly connectionId?: string | undefined;
  /** Of a fault: one of these. */
  readonly delay?: number | undefined;
  readonly silence?: SilenceFault | undefined;
  readonly refusal?: RefusalFault | undefined;
}

/** Our own interface, for the console: whether it is well, and how much is going on. */
export function mountBrokerActivity(app: Hono, components: BrokerComponents): void {
  app.get("/broker/history", (c) => c.json({ samples: components.history.list() }));
  app.get("/broker/activity", (c) => c.json(describeBrokerActivity(components)));
}

/** What changes all the time: how much each service sends, and what is not well. */
export function describeBrokerActivity(components: BrokerComponents) {
  const { directory, dispatcher } = components;
  const now = Date.now();
  const problems = findProblems(components, now);
  return {
    time: now,
    problems: problems.slice(0, MAX_PROBLEMS),
    moreProblems: Math.max(0, problems.length - MAX_PROBLEMS),
    services: directory.list().map(({ service: { uuid } }) => {
      const counters = directory.countersOf(uuid);
      return {
        uuid,
        rate: Math.round((counters?.rate(now) ?? 0) * 100) / 100,
        messages: counters?.messages ?? 0,
        refused: counters?.refused ?? 0,
        registrations: counters?.registrations ?? 0,
        queued: dispatcher.queued(uuid),
        lastSeen: directory.lastSignOf(uuid),
      };
    }),
  };
}

/** The one that was seen last comes first. */
function findProblems(components: BrokerComponents, now: number): Trouble[] {
  const { incidents, dispatcher } = components;
  const problems: Trouble[] = [
    ...incidents.list(now).filter(({ kind, count }) => kind !== "returned" || count >= MIN_RETURNS),
    ...dispatcher.waiting().map((waiting) => ({ kind: "waiting" as const, ...waiting })),
    ...findFaults(components, now),
  ];
  return problems.sort((a, b) => (b.last ?? b.since) - (a.last ?? a.since));
}

function findFaults({ faults, connections, registry }: BrokerComponents, now: number): Trouble[] {
  const { delay, delaySince, silences, refusals } = faults;
  const met = (fault: object) => faults.effectOf(fault) ?? { since: now, count: 0 };
  return [
    ...(delay === 0 ? [] : [{ kind: "fault" as const, delay, since: delaySince }]),
    ...silences.map((silence) => ({ kind: "fault" as const, silence, ...met(silence) })),
    ...refusals.map((refusal) => ({ kind: "fault" as const, refusal, ...met(refusal) })),
    ...connections
      .list()
      .filter(({ frozen }) => frozen)
      .map((connection) => ({
        kind: "halfOpen" as const,
        connectionId: connection.id,
        uuid: registry.uuidsOf(connection)[0],
        since: met(connection).since,
      })),
  ];
}
