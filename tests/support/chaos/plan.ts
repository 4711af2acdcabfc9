import { drawFault, type Fault, type FaultKinds } from "./faults.ts";
import { Random } from "./random.ts";

/** Publish so many events at once, wait until so many have come to the proxy (again), and let this happen. */
export interface Step {
  readonly publish: number;
  /** At most `publish`, so that it is reached in any case. */
  readonly seen: number;
  readonly fault: Fault;
}

/** What happens in a run: nothing in it depends on time, so that a seed repeats it. */
export function makePlan(seed: number, events: number, faults: number, kinds?: FaultKinds): readonly Step[] {
  const random = new Random(seed);
  const shares = Array.from({ length: faults }, () => random.next() ** 2);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let planned = 0;
  let due = 0;
  return shares.map((share, index) => {
    due += share;
    const upTo = index === faults - 1 ? events : Math.round((events * due) / total);
    const publish = upTo - planned;
    planned = upTo;
    // Now and then at once: also while the fault before is not overcome.
    const seen = random.next() < 0.2 ? 0 : random.int(Math.min(1, publish), publish);
    return { publish, seen, fault: drawFault(random, kinds) };
  });
}
