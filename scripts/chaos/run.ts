// Many cached events under many random faults: `npm run chaos`, or `SEED=123 npm run chaos` for the same faults again.
// Options: --events 100000 --faults 1000 --framing sockjs|raw --ids 1000 --ack-timeout 500 --verbose
import { parseArgs } from "node:util";
import { runChaos } from "../../tests/support/chaos/chaos.ts";
import { randomSeed } from "../../tests/support/chaos/random.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "100000" },
    faults: { type: "string", default: "1000" },
    framing: { type: "string", default: "sockjs" },
    ids: { type: "string", default: "1000" },
    "ack-timeout": { type: "string", default: "500" },
    verbose: { type: "boolean", default: false },
  },
});
const seed = Number(process.env["SEED"] ?? randomSeed());
const events = Number(values.events);
const faults = Number(values.faults);
const ids = Number(values.ids);
const framing = values.framing === "raw" ? "raw" : "sockjs";

console.log(`seed ${seed}: ${events} cached events under ${ids} ids, ${faults} faults, ${framing} framing`);
const report = await runChaos({
  seed,
  events,
  faults,
  framing,
  ids,
  ackTimeout: Number(values["ack-timeout"]),
  ...(values.verbose ? { log: console.log } : {}),
});

console.table(Object.fromEntries([...report.faults].sort().map(([kind, times]) => [kind, { times }])));
console.table({
  "events published": events,
  "distinct events arrived": report.arrived,
  duplicates: report.duplicates,
  "refused, and told so": report.refused,
  "faults in all": [...report.faults.values()].reduce((sum, times) => sum + times, 0),
  "sockets opened": report.dials,
  registrations: report.registrations,
  seconds: Number(report.seconds.toFixed(1)),
  seed,
});
for (const finding of report.findings) {
  console.log(`FAILED: ${finding}`);
}
console.log(
  report.findings.length === 0
    ? "0 lost, order of first arrival kept, duplicates only of events in flight"
    : `Again: SEED=${seed} npm run chaos -- --events ${events} --faults ${faults} --framing ${framing} --ids ${ids}`,
);
process.exitCode = report.findings.length === 0 ? 0 : 1;
