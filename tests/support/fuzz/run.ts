import { FakeClock } from "../../../src/testing/fake-clock.ts";
import { MemoryDisk } from "../client/memory-store.ts";
import { Actor } from "./actor.ts";
import { type Finding, Ledger } from "./ledger.ts";
import type { Program, Step } from "./program.ts";
import { Server } from "./server.ts";
import { FaultyStore, numbersOn } from "./stores.ts";

/** Long enough for every time-out, every poisoned event and every pause, in milliseconds. */
const RECOVERY = 120_000;

/** Long enough to close whatever there is, in milliseconds. */
const ENDING = 60_000;

/** A healed server and a good store: nothing but what the events themselves bring. */
const CALM = {
  inside: [],
  steps: [],
  storeStaysBroken: false,
  waitForServer: true,
  autoReconnect: true,
} as const;

/** Runs a program, and says what must not be. */
export async function runProgram(program: Program): Promise<readonly Finding[]> {
  const ledger = new Ledger();
  const disk = program.store ? new MemoryDisk() : undefined;
  await withoutUnhandled(ledger, async () => {
    await runClient(program, ledger, disk);
    ledger.judgeStored(numbersOn(disk));
    // What is left in the store is sent by the next process.
    if (disk !== undefined && disk.events.size > 0) {
      await runNext(program, ledger, disk);
    }
    ledger.judge();
  });
  return ledger.findings;
}

async function runClient(program: Program, ledger: Ledger, disk: MemoryDisk | undefined): Promise<void> {
  const clock = new FakeClock();
  const store = disk && new FaultyStore(disk, clock, ledger);
  const server = new Server(program, clock, ledger, "uuid");
  const actor = new Actor(program, server, store, clock);
  const advance = (ms: number): Promise<void> => pass(clock, ms, ledger);

  for (const step of program.steps) {
    if ("do" in step) {
      actor.act(step);
    } else {
      await happen(step, { server, store, program, clock, advance });
    }
  }

  actor.calmDown();
  server.heal();
  if (!program.storeStaysBroken) {
    store?.mend();
  }
  await advance(RECOVERY);
  actor.promises.awaitAll();
  await advance(0);
  judgeRecovery(actor, ledger, program);

  actor.promises.add("disconnect", actor.client.disconnect(), true);
  await advance(ENDING);
  for (const what of actor.promises.unsettled) {
    ledger.found(`every promise settles: ${what}`, "after disconnect()");
  }
  if (actor.client.state !== "disconnected") {
    ledger.found("disconnect() ends it", actor.client.state);
  }
  store?.remember();
  if (clock.pending > 0) {
    ledger.found("no timer is left", `${clock.pending}`);
  }
  if (server.openLinks > 0) {
    ledger.found("no socket is left open");
  }
  if (store?.isOpen === true && !closeFails(program)) {
    ledger.found("the store is released");
  }
}

/** The next process on the same disk: it has to bring everything to its end. */
async function runNext(program: Program, ledger: Ledger, disk: MemoryDisk): Promise<void> {
  disk.crash();
  const steps: readonly Step[] = [
    { do: "connect", awaited: true },
    { do: "register", awaited: true },
    { do: "flush" },
  ];
  await runClient({ ...program, ...CALM, steps }, ledger, disk);
  ledger.judgeStored(numbersOn(disk));
  if (disk.events.size > 0) {
    ledger.found("the next process empties the store", [...numbersOn(disk)].join(" "));
  }
}

function judgeRecovery(actor: Actor, ledger: Ledger, { storeStaysBroken }: Program): void {
  const { client, promises } = actor;
  const { state } = client;
  if (actor.wishesToBeRegistered && state !== "registered") {
    ledger.found("who wishes to be registered is registered again", state);
  }
  if (state !== "registered" && state !== "connected" && state !== "disconnected") {
    ledger.found("a good server is reached", state);
  }
  // Whatever was published before has its answer by now.
  if (state !== "registered") {
    return;
  }
  for (const what of promises.unsettled) {
    // It waits for what a store holds that cannot be read.
    if (what === "flush" && storeStaysBroken) {
      continue;
    }
    ledger.found(`every promise settles: ${what}`, "while registered");
  }
}

function closeFails({ steps }: Program): boolean {
  return steps.some((step) => "store" in step && step.store === "close");
}

interface Surroundings {
  readonly server: Server;
  readonly store: FaultyStore | undefined;
  readonly program: Program;
  readonly clock: FakeClock;
  advance(ms: number): Promise<void>;
}

async function happen(step: Exclude<Step, { do: string }>, around: Surroundings): Promise<void> {
  const { server, store, program, clock, advance } = around;
  if ("wait" in step) {
    return advance(step.wait);
  }
  if ("sleep" in step) {
    return clock.jump(step.sleep);
  }
  if ("set" in step) {
    return clock.step(step.set);
  }
  if ("store" in step) {
    return store?.add(step, program.storeStaysBroken);
  }
  if ("plan" in step) {
    return server.plan(step);
  }
  // Nothing comes in the middle of a turn: what a batch has collected is sent before.
  if (program.batch > 0) {
    await advance(0);
  }
  server.happen(step);
}

async function pass(clock: FakeClock, ms: number, ledger: Ledger): Promise<void> {
  try {
    await clock.advance(ms);
  } catch (error) {
    ledger.found("nothing escapes from a timer", String(error));
  }
}

/** Rejections that nobody handles would end a user's process. */
async function withoutUnhandled(ledger: Ledger, run: () => Promise<void>): Promise<void> {
  const onUnhandled = (error: unknown): void => ledger.found("no rejection is unhandled", String(error));
  process.on("unhandledRejection", onUnhandled);
  try {
    await run();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off("unhandledRejection", onUnhandled);
  }
}
