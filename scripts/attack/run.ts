// Attacks the broker: `npm run attack`, or `-- --seed 7 --seconds 60 --megabytes 100`. The seed that it prints repeats the fuzz run.
import { parseArgs } from "node:util";
import { COST_BOUND, runFuzz } from "../../tests/support/attack/fuzz.ts";
import { HEAP_BOUND, MAX_HEAP, runHeap } from "../../tests/support/attack/heap.ts";
import { randomSeed } from "../../tests/support/chaos/random.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(randomSeed()) },
    seconds: { type: "string", default: "120" },
    megabytes: { type: "string", default: "1000" },
  },
});
const [seed, seconds, megabytes] = [values.seed, values.seconds, values.megabytes].map(Number) as [
  number,
  number,
  number,
];
const findings: string[] = [];

console.log(`Fuzz run of ${seconds} s over REST and both framings, --seed ${seed}`);
const costs = [...(await runFuzz({ seed, seconds }))].sort(([, a], [, b]) => b - a);
console.table(costs.map(([step, cost]) => ({ step, "ms at most": cost })));
for (const [step, cost] of costs) {
  if (cost > COST_BOUND) {
    findings.push(`${step} cost the broker ${cost} ms, more than ${COST_BOUND}`);
  }
}

if (megabytes > 0) {
  console.log(`${megabytes} MB of the worst messages; heap in MB after a collection, of at most ${MAX_HEAP}`);
}
for (const connections of megabytes > 0 ? [1, 100] : []) {
  try {
    const figures = await runHeap({ megabytes, connections, maxHeap: MAX_HEAP });
    console.table([{ connections, ...figures, "may be": HEAP_BOUND }]);
    if (figures.most > HEAP_BOUND) {
      findings.push(`${connections} connections: the heap grew beyond its bound`);
    }
  } catch (error) {
    findings.push(`${connections} connections: ${String(error)}`);
  }
}

for (const finding of findings) {
  console.log(`FAILED: ${finding}`);
}
process.exitCode = findings.length === 0 ? 0 : 1;
