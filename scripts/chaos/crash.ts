// Kills a publisher with a persistent store at random moments: `npm run chaos:crash`.
// Options: --kills 50 --sync --verbose; SEED=123 for the same moments again.
import { parseArgs } from "node:util";
import { runCrash } from "../../tests/support/chaos/crash.ts";
import { randomSeed } from "../../tests/support/chaos/random.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    sync: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const seed = Number(process.env["SEED"] ?? randomSeed());
console.log(`seed ${seed}: ${values.kills} kills, sync ${values.sync}`);
const { findings, ...figures } = await runCrash({
  seed,
  kills: Number(values.kills),
  sync: values.sync,
  ...(values.verbose ? { log: console.log } : {}),
});
console.table(figures);
for (const finding of findings) {
  console.log(`FAILED: ${finding}`);
}
if (findings.length === 0) {
  console.log("0 lost: every event whose acceptance was reported arrived, in order");
}
process.exitCode = findings.length === 0 ? 0 : 1;
