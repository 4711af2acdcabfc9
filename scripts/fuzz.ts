// Random programs against a session, on a fake clock: `npm run fuzz -- --rounds 10000 --seed 123`, and
// `--path 12:3` for one program again. With --all it goes on after a failure, and shows each kind of failure once.
import { parseArgs } from "node:util";
import { randomSeed } from "../tests/support/chaos/random.ts";
import { describeFailure, fuzz } from "../tests/support/fuzz/fuzz.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5000" },
    seed: { type: "string", default: process.env["SEED"] ?? String(randomSeed()) },
    path: { type: "string" },
    all: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const rounds = Number(values.rounds);
const known = new Set<string>();
console.log(`seed ${seed}: ${values.path === undefined ? `${rounds} programs` : `program ${values.path}`}`);

for (;;) {
  const failure = await fuzz({ rounds, seed, path: values.path, known });
  if (failure === undefined) {
    break;
  }
  console.log(`\n${describeFailure(failure, seed)}`);
  for (const { kind } of failure.findings) {
    known.add(kind);
  }
  if (!values.all) {
    break;
  }
}

if (known.size === 0) {
  console.log("Every promise settled, in order; nothing lost, nothing left.");
} else {
  console.log(`\nFAILED: ${[...known].join("; ")}`);
}
process.exitCode = known.size === 0 ? 0 : 1;
