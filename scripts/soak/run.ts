// A client under steady load and steady faults, which nobody helps: `npm run soak -- --minutes 10`.
// Options: --minutes 10 --seed 123 (the same faults again, as far as time repeats itself)
import { parseArgs } from "node:util";
import { randomSeed } from "../../tests/support/chaos/random.ts";
import { runSoak } from "../../tests/support/soak/soak.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: process.env["SEED"] ?? String(randomSeed()) },
  },
});
const seed = Number(values.seed);
console.log(`seed ${seed}: ${values.minutes} minutes`);
const { findings, ...figures } = await runSoak({
  seed,
  seconds: Number(values.minutes) * 60,
  restEvery: 20,
  log: console.log,
});
console.table(figures);
for (const finding of findings) {
  console.log(`FAILED: ${finding}`);
}
console.log(
  findings.length === 0
    ? "Always registered again, 0 lost, order kept, nothing left after disconnect"
    : `Again: npm run soak -- --minutes ${values.minutes} --seed ${seed}`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
