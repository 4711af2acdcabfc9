import type { CheckContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** One thing to find out about an MSB. */
export interface Probe {
  /** Its heading in the report, and its name in the JSON. */
  readonly title: string;
  /** Why it cannot be tried, as far as that is known; the reason stands in the report. */
  readonly missing?: (context: CheckContext) => string | undefined;
  /** How many answers it waits for, one after the other, at most: it is given up after as much time. */
  readonly answers: number;
  /** Yields each finding as soon as it is there: if something breaks it off, the others are kept. */
  readonly run: (context: CheckContext) => AsyncIterable<Finding>;
}

export function needsConnection({ facts }: CheckContext): string | undefined {
  return facts.framings.length === 0 ? "needs a connection" : undefined;
}

export function needsRegistration(context: CheckContext): string | undefined {
  return needsConnection(context) ?? (context.facts.registers ? undefined : "needs a registration");
}

export function needsAcknowledgement(context: CheckContext): string | undefined {
  return (
    needsRegistration(context) ??
    (context.facts.acknowledges ? undefined : "needs an event that is acknowledged")
  );
}
