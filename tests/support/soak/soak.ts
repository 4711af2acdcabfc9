import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { numberOf } from "../chaos/chaos.ts";
import { Random } from "../chaos/random.ts";
import { FaultProxy } from "../fault-proxy/fault-proxy.ts";
import { SoakChild } from "./child.ts";
import { call, type SoakParts, strike } from "./faults.ts";
import { SoakLedger } from "./ledger.ts";
import { type Sample, slopeOf } from "./slope.ts";
import { Timers } from "./timers.ts";

export interface SoakOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Seconds between two rests, in which everything is good and the client has to be registered again. */
  readonly restEvery: number;
  /** Hears how it goes. */
  readonly log?: (line: string) => void;
}

export interface SoakReport {
  readonly published: number;
  readonly accepted: number;
  readonly arrived: number;
  readonly duplicates: number;
  readonly answeredCalls: number;
  readonly registrations: number;
  readonly faults: number;
  readonly rests: number;
  /** The longest that it took to be registered again, in seconds. */
  readonly slowestReturn: number;
  readonly heapMb: number;
  readonly heapSlopeMbPerHour: number;
  /** What must not be; empty for a good run. */
  readonly findings: readonly string[];
}

const UUID = "soak";

/** Far above every pause and time-out of the client together, in milliseconds. */
const STUCK = 30_000;

/** A restart of the broker that is under way has ended by then, in milliseconds. */
const RESTART = 2_000;

const MEASURE_INTERVAL = 2_000;
const LOG_INTERVAL = 60_000;
const CALL_INTERVAL = 100;

/** A client under steady load and steady faults: nobody helps it, it has to come back by itself. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const ledger = new SoakLedger();
  const folder = await mkdtemp(join(tmpdir(), "msb-soak-"));
  await using broker = await startBroker({ heartbeatInterval: 500, maxEvents: 1, maxTrace: 1 });
  await using proxy = await FaultProxy.start(broker.url, {
    onRefused: (frame) => {
      if (frame.includes("LOAD")) {
        ledger.onRefused(numberOf(frame));
      }
    },
  });
  const soak = new Soak(options, { broker, proxy, ledger, folder });
  try {
    return await soak.run();
  } finally {
    await soak.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly broker: Broker;
  readonly proxy: FaultProxy;
  readonly ledger: SoakLedger;
  readonly folder: string;
}

class Soak {
  readonly #options: SoakOptions;
  readonly #broker: Broker;
  readonly #proxy: FaultProxy;
  readonly #ledger: SoakLedger;
  readonly #child: SoakChild;
  readonly #parts: SoakParts;
  readonly #random: Random;
  readonly #timers = new Timers();
  /** What faults still have to do. */
  readonly #laters = new Timers();
  readonly #samples: Sample[] = [];
  /** When the client was there: how long its program takes to start is a matter of the machine. */
  #started: number | undefined;
  #faults = 0;
  #rests = 0;
  #registrations = 0;
  #slowestReturn = 0;
  #values = 0;

  constructor(options: SoakOptions, { broker, proxy, ledger, folder }: Surroundings) {
    this.#options = options;
    this.#broker = broker;
    this.#proxy = proxy;
    this.#ledger = ledger;
    this.#random = new Random(options.seed);
    this.#parts = {
      broker,
      proxy,
      uuid: UUID,
      random: this.#random,
      later: (ms, callback) => this.#laters.later(ms, callback),
      nextValue: () => {
        this.#values += 1;
        return this.#values;
      },
    };
    this.#child = new SoakChild(proxy.url, UUID, join(folder, "store"), (report) => {
      ledger.onReport(report);
      if (report.heap !== undefined) {
        this.#samples.push({ seconds: this.#elapsed, bytes: report.heap });
      }
    });
    this.#listen();
  }

  /** @returns what came of it */
  async run(): Promise<SoakReport> {
    const { log } = this.#options;
    const findings = (await this.#live()) ? await this.#child.end(STUCK) : [this.#notRegistered()];
    log?.(this.#line());
    // Of one that did not come back, nothing can be said about the rest.
    return this.#report(this.#child.isAlive ? findings : [...findings, ...this.#ledger.judge()]);
  }

  async stop(): Promise<void> {
    this.#timers.stop();
    this.#laters.stop();
    await this.#child.kill();
  }

  #listen(): void {
    const { log } = this.#options;
    this.#broker.on("register", () => {
      this.#registrations += 1;
    });
    this.#broker.on("event", ({ eventId, dataObject }) => {
      if (eventId === "LOAD") {
        this.#ledger.onArrival(dataObject as number);
      } else {
        this.#ledger.onEcho(dataObject as number);
      }
    });
    this.#timers.every(MEASURE_INTERVAL, () => this.#child.tell("measure"));
    this.#timers.every(CALL_INTERVAL, () => call(this.#parts));
    if (log !== undefined) {
      this.#timers.every(LOG_INTERVAL, () => log(this.#line()));
    }
  }

  /** @returns whether it was registered again after every fault */
  async #live(): Promise<boolean> {
    const { seconds, restEvery } = this.#options;
    while (await this.#rest()) {
      this.#started ??= performance.now();
      if (this.#elapsed >= seconds) {
        return true;
      }
      const until = Math.min(seconds, this.#elapsed + restEvery);
      while (this.#elapsed < until) {
        strike(this.#parts);
        this.#faults += 1;
        await pause(this.#random.int(50, 2_500));
      }
    }
    return false;
  }

  /** Everything is good from now on. @returns whether the client came back */
  async #rest(): Promise<boolean> {
    const since = performance.now();
    this.#rests += 1;
    this.#laters.stop();
    this.#proxy.heal();
    await pause(RESTART);
    this.#broker.faults.clear();
    const passed = (): number => performance.now() - since;
    while (!this.#isRegistered && passed() < STUCK && this.#child.isAlive) {
      await pause(100);
    }
    this.#slowestReturn = Math.max(this.#slowestReturn, passed());
    return this.#isRegistered;
  }

  get #isRegistered(): boolean {
    return this.#broker.services.has(UUID) && this.#child.state === "registered";
  }

  get #elapsed(): number {
    return this.#started === undefined ? 0 : (performance.now() - this.#started) / 1_000;
  }

  /** Without what the program needs to warm up. */
  get #slope(): number {
    return slopeOf(this.#samples.slice(Math.floor(this.#samples.length / 4)));
  }

  #notRegistered(): string {
    const at = `${Math.round(this.#elapsed)} s`;
    return `not registered ${STUCK} ms after the last fault, at ${at}: ${this.#child.state}`;
  }

  #line(): string {
    const ledger = this.#ledger;
    const heap = (this.#samples.at(-1)?.bytes ?? 0) / 1_000_000;
    return [
      `${Math.round(this.#elapsed)} s: ${this.#child.state}`,
      `${ledger.published} published, ${ledger.accepted} told accepted or stored (${ledger.failures})`,
      `${ledger.lostSoFar()} lost, ${ledger.duplicates} duplicates, ${this.#registrations} registrations`,
      `${ledger.answered} calls answered, heap ${heap.toFixed(1)} MB, ${this.#slope.toFixed(1)} MB/h`,
    ].join("; ");
  }

  #report(findings: readonly string[]): SoakReport {
    const { published, accepted, arrived, duplicates, answered } = this.#ledger;
    return {
      published,
      accepted,
      arrived,
      duplicates,
      answeredCalls: answered,
      registrations: this.#registrations,
      faults: this.#faults,
      rests: this.#rests,
      slowestReturn: Math.round(this.#slowestReturn / 100) / 10,
      heapMb: Math.round((this.#samples.at(-1)?.bytes ?? 0) / 100_000) / 10,
      heapSlopeMbPerHour: Math.round(this.#slope * 10) / 10,
      findings,
    };
  }
}
