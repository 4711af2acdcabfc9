// The plant: a broker, three machines, and the cable between the press and the broker.
import { rm } from "node:fs/promises";
import type { Broker } from "../../src/broker/index.ts";
import { PRESS, press } from "../contracts/press.ts";
import type { PressReport } from "../machines/press/report.ts";
import type { PlantCommand, PlantState, Recorded } from "../plant-state.ts";
import { Cable } from "./cable.ts";
import { serveDashboards } from "./dashboard-flows.ts";
import { deliveryOf } from "./delivery.ts";
import { DeliveryLedger } from "./delivery-ledger.ts";
import { Machine } from "./machine.ts";
import { addPlantFlows } from "./plant-flows.ts";
import { makePressFolder } from "./press-folder.ts";
import { Recorder } from "./recorder.ts";
import { configuredLimit, setTemperatureLimit } from "./temperature-limit.ts";

/** Milliseconds that a broker that is restarted is away. */
const DOWNTIME = 2_000;

const program = (path: string): URL => new URL(`../machines/${path}`, import.meta.url);

export interface PlantOptions {
  /** The program of the press; tests have one that breaks its promise. */
  readonly pressProgram?: URL;
}

export class Plant {
  readonly #broker: Broker;
  readonly #cable: Cable;
  readonly #folder: string;
  readonly #press: Machine;
  readonly #machines: readonly Machine[];
  readonly #ledger = new DeliveryLedger();
  readonly #recorder = new Recorder();
  readonly #flows: ReturnType<typeof addPlantFlows>;
  readonly #stopDashboards: () => void;
  readonly #listeners = new Set<() => void>();
  #report: PressReport = { published: 0, kept: 0 };
  #temperatureLimit: number = press.parameters.temperatureLimit.value;
  #isBrokerRunning = true;
  #restarting: Promise<void> | undefined;

  private constructor(
    broker: Broker,
    cable: Cable,
    cablePort: number,
    folder: string,
    options: PlantOptions,
  ) {
    this.#broker = broker;
    this.#cable = cable;
    this.#folder = folder;
    this.#flows = addPlantFlows(broker);
    this.#stopDashboards = serveDashboards(broker);
    this.#listen();
    const start = (url: URL, args: readonly string[], onMessage = (_: unknown): void => {}): Machine =>
      new Machine({ program: url, arguments: args, onMessage, onChange: () => this.#changed() });
    this.#press = start(
      options.pressProgram ?? program("press/main.ts"),
      [`http://127.0.0.1:${cablePort}`, folder],
      (message) => {
        this.#report = message as PressReport;
        this.#changed();
      },
    );
    this.#machines = [
      this.#press,
      start(program("conveyor/main.cjs"), [broker.url]),
      start(program("robot/main.ts"), [broker.url]),
    ];
  }

  static async start(broker: Broker, options: PlantOptions = {}): Promise<Plant> {
    const { hostname, port } = new URL(broker.url);
    const cable = new Cable({ host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port) });
    return new Plant(broker, cable, await cable.open(), await makePressFolder(), options);
  }

  get state(): PlantState {
    return {
      isBrokerRunning: this.#isBrokerRunning,
      cable: this.#cable.state,
      isPressRunning: this.#press.isRunning,
      delivery: deliveryOf(this.#report, this.#ledger),
      temperatureLimit: this.#temperatureLimit,
      flows: this.#flows(),
    };
  }

  /** What the machines have measured lately, and the bus got at this time or later. @param time milliseconds since 1970 */
  recordedFrom(time: number): Recorded {
    return this.#recorder.from(time);
  }

  /** @returns a function that ends listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when it is done. */
  async do(command: PlantCommand): Promise<void> {
    switch (command) {
      case "plug":
        return this.#setCable("plugged");
      case "unplug":
        return this.#setCable("unplugged");
      case "half-open":
        return this.#setCable("half-open");
      case "crash-press":
        return this.#press.crash();
      case "restart-broker":
        return this.#restartBroker();
    }
  }

  /** @throws {Error} (rejects) with words for the person who asked. */
  setTemperatureLimit(value: unknown): Promise<void> {
    return setTemperatureLimit(this.#broker, value);
  }

  async stop(): Promise<void> {
    this.#stopDashboards();
    if (this.#cable.state === "half-open") {
      // The press would wait for an answer to its farewell.
      this.#cable.set("unplugged");
    }
    await Promise.all(this.#machines.map((machine) => machine.stop()));
    await this.#cable.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #listen(): void {
    this.#broker.on("event", (event) => {
      this.#recorder.add(event);
      if (event.uuid === PRESS.uuid && event.eventId === "MEASURED") {
        this.#ledger.add((event.dataObject as { number?: unknown } | null)?.number);
      }
      this.#changed();
    });
    this.#broker.on("register", (service) => {
      if (service.uuid === PRESS.uuid) {
        this.#temperatureLimit = configuredLimit(service) ?? this.#temperatureLimit;
        this.#changed();
      }
    });
  }

  #setCable(state: PlantState["cable"]): void {
    this.#cable.set(state);
    this.#changed();
  }

  /** One restart at a time. */
  #restartBroker(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async #restart(): Promise<void> {
    this.#isBrokerRunning = false;
    this.#changed();
    // Where another program has taken its port meanwhile it stays away, until somebody restarts it again.
    await this.#broker.faults.restart(DOWNTIME);
    this.#isBrokerRunning = true;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
