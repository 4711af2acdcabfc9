// `npm run bench`: this client, bare `ws`, the official Node.js client, mqtt.js and socket.io, alternating in one run.
import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.ts";
import { measureIdle, measureWorks } from "./measure.ts";
import { IDLE, SIDES, type SideName, WORKS, type WorkName } from "./plan.ts";
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
const idleClients = Number(values.idle);
const isAsked = (side: string): boolean => values.sides?.includes(side) ?? true;

const rows = await measureWorks({
  rounds,
  scale,
  works: (Object.keys(WORKS) as WorkName[]).filter((work) => values.only?.includes(work) ?? true),
  sides: (Object.keys(SIDES) as SideName[]).filter(isAsked),
});
const idle = await measureIdle(idleClients, idleClients === 0 ? [] : IDLE.sides.filter(isAsked));
const machine = describeMachine();
console.log(`\n${machine}; medians of ${rounds} rounds, the sides in turn.\n`);
console.log(formatTable(rows, idle));
await mkdir("reports", { recursive: true });
await writeFile(values.json, `${JSON.stringify({ machine, rounds, scale, rows, idle }, undefined, 2)}\n`);
