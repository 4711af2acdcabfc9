// `npm run bench`: this client, bare `ws`, the official Node.js client, mqtt.js and socket.io, alternating in one run.
import { mkdir, writeFile } from "node:fs/promises";
import { arch, cpus } from "node:os";
import { parseArgs } from "node:util";
import { Pair } from "./pair.ts";
import { IDLE, SIDES, type SideName, WORKS, type Work, type WorkName } from "./plan.ts";
import { type Row, spreadOf } from "./statistics.ts";
import { formatTable } from "./table.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    /** Part of the events: 0.1 is a tenth. */
    scale: { type: "string", default: "1" },
    only: { type: "string", multiple: true },
    sides: { type: "string", multiple: true },
    idle: { type: "string", default: String(IDLE.count) },
    json: { type: "string", default: "reports/bench.json" },
  },
});
const rounds = Number(values.rounds);
const scale = Number(values.scale);
const works = Object.entries(WORKS).filter(([name]) => values.only?.includes(name) ?? true) as [
  WorkName,
  Work,
][];
const isAsked = (side: string): boolean => values.sides?.includes(side) ?? true;

const rows = await measureWorks();
const idle = await measureIdle();
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${arch()}, Node.js ${process.version}`;
console.log(`\n${machine}; medians of ${rounds} rounds, the sides in turn.\n`);
console.log(formatTable(rows, idle));
await mkdir("reports", { recursive: true });
await writeFile(values.json, `${JSON.stringify({ machine, rounds, scale, rows, idle }, undefined, 2)}\n`);

async function measureWorks(): Promise<Row[]> {
  const measured = new Map<string, { rate: number; cpu: number }[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const side of Object.keys(SIDES) as SideName[]) {
      const own = works.filter(([, { sides }]) => sides.includes(side));
      if (own.length === 0 || !isAsked(side)) {
        continue;
      }
      const counts = own.map(([, { count }]) => count);
      const pair = await Pair.start(SIDES[side], Math.max(...counts));
      for (const [work, { count }] of own) {
        const scaled = Math.max(100, Math.round((count * scale) / 100) * 100);
        const key = `${work} ${side}`;
        const runs = measured.get(key) ?? [];
        measured.set(key, runs);
        runs.push(await pair.measure(work, scaled, Math.max(1_000, scaled / 5)));
      }
      await pair.stop();
      process.stderr.write(`round ${round + 1} of ${rounds}: ${side}\n`);
    }
  }
  return works.flatMap(([work, { title, sides }]) => {
    const of = (side: SideName) => {
      const runs = measured.get(`${work} ${side}`) ?? [];
      return { rate: spreadOf(runs.map(({ rate }) => rate)), cpu: spreadOf(runs.map(({ cpu }) => cpu)) };
    };
    const bare = of("bare");
    return sides.filter(isAsked).map((side): Row => {
      const { rate, cpu } = of(side);
      return {
        work,
        title,
        side,
        rate,
        cpu,
        rateRatio: rate.median / bare.rate.median,
        cpuRatio: cpu.median / bare.cpu.median,
      };
    });
  });
}

async function measureIdle(): Promise<Record<string, number>> {
  const count = Number(values.idle);
  const heaps: Record<string, number> = {};
  for (const side of count === 0 ? [] : IDLE.sides.filter(isAsked)) {
    const pair = await Pair.start(SIDES[side], 1);
    heaps[side] = await pair.measureIdle(count);
    await pair.stop();
  }
  return heaps;
}
