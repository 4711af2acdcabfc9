// A long outage, a store that is larger than the memory, and the process after it: `npm run chaos:backlog`, or
// `-- --events 100000`.
import { parseArgs } from "node:util";
import { BACKLOG_BOUND, runBacklog } from "../../tests/support/chaos/backlog.ts";

const { values } = parseArgs({ options: { events: { type: "string", default: "1000000" } } });
const events = Number(values.events);
const { storing, draining, arrived, isInOrder } = await runBacklog(events);
const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10;
const row = ({ before, most, seconds }: typeof storing): object => ({
  "heap before (MB)": megabytes(before),
  "at most (MB)": megabytes(most),
  "may grow by (MB)": megabytes(BACKLOG_BOUND),
  seconds: Math.round(seconds * 10) / 10,
});
console.table({ storing: row(storing), draining: row(draining) });
console.log(`${arrived} of ${events} arrived, ${isInOrder ? "in order" : "OUT OF ORDER"}`);
const isBounded = [storing, draining].every(({ before, most }) => most - before < BACKLOG_BOUND);
if (arrived !== events || !isInOrder || !isBounded) {
  process.exitCode = 1;
}
