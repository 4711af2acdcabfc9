import { MsbError } from "../../support/errors.ts";
import { MAX_FLOWS_SIZE } from "../support/limits.ts";
import { type CompiledFlow, compileFlow, type Flow } from "./flow.ts";
import { type HeldEvents, Join } from "./join.ts";

/** Where a flow comes from: code (`addFlow`, the option `flows`), the flows file of the command, or REST. */
export type FlowOrigin = "code" | "file" | "rest";

/** One flow, or all those of a flow document, under one id. */
export interface FlowEntry {
  /** From 1, never used again. */
  readonly id: number;
  readonly name: string;
  readonly origin: FlowOrigin;
  /** Only the flows of an entry that is deployed run. */
  readonly deployed: boolean;
  readonly flows: readonly Flow[];
  /** The flow document as it was created; `undefined` for a simple flow. */
  readonly document: Readonly<Record<string, unknown>> | undefined;
}

/** A flow that runs. */
export interface Route {
  readonly entryId: number;
  readonly compiled: CompiledFlow;
  /** The position of the event among the sources. */
  readonly index: number;
  /** For several sources. */
  readonly join: Join | undefined;
}

export interface NewFlow {
  readonly origin: FlowOrigin;
  readonly deployed: boolean;
  /** Flows that are still to be checked. */
  readonly flows: readonly unknown[];
  /** @default `event → function` of the first flow */
  readonly name?: string | undefined;
  readonly document?: Readonly<Record<string, unknown>> | undefined;
  /** Made by the MSB's management: stands beside others with the same ends, until it is deleted by its id. @default false */
  readonly isRecord?: boolean | undefined;
}

/** What came of adding flows. */
export interface Added {
  readonly entry: FlowEntry;
  /** The one with the same ends whose place it took. */
  readonly replaced: FlowEntry | undefined;
}

const MAX_ENTRIES = 10_000;

interface Stored {
  readonly entry: FlowEntry;
  readonly compiled: readonly CompiledFlow[];
  /** The source events and the target functions, to find it again. */
  readonly ends: string;
  readonly isRecord: boolean;
  /** The characters of its JSON. */
  readonly size: number;
}

/** The flows of a broker, found by the event they start with. */
export class FlowStore {
  readonly #stored = new Map<number, Stored>();
  readonly #byEnds = new Map<string, number>();
  readonly #bySource = new Map<string, Map<string, Route[]>>();
  readonly #held: HeldEvents = { size: 0 };
  #size = 0;
  #lastId = 0;
  #revision = 0;

  /** Counts the changes. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * Adds flows under one id. They take the place of those with the same ends, whoever added them, so that no event makes the
   * same call twice; records of the MSB's management neither do so nor are replaced.
   * @throws {MsbDefinitionError} naming everything that is wrong; {MsbError} `BUSY` where there are too many.
   */
  add({ origin, deployed, flows, name, document, isRecord = false }: NewFlow): Added {
    const compiled = flows.map((flow) => compileFlow(flow));
    const ends = endsOf(compiled);
    const before = isRecord ? undefined : this.#stored.get(this.#byEnds.get(ends) ?? 0);
    if (before === undefined && this.#stored.size >= MAX_ENTRIES) {
      throw new MsbError("BUSY", `There are ${MAX_ENTRIES} flows already.`, {
        remedy: "Remove those that are not needed.",
      });
    }
    const size = compiled.reduce(
      (sum, flow) => sum + flow.size,
      document === undefined ? 0 : JSON.stringify(document).length,
    );
    if (this.#size - (before?.size ?? 0) + size > MAX_FLOWS_SIZE) {
      throw new MsbError("BUSY", `All flows take more than ${MAX_FLOWS_SIZE} characters of JSON.`, {
        remedy: "Remove those that are not needed.",
      });
    }
    this.#lastId += 1;
    const [first] = compiled;
    const entry: FlowEntry = {
      id: this.#lastId,
      name: name ?? (first === undefined ? "" : describeFlow(first)),
      origin,
      deployed,
      flows: compiled.map(({ flow }) => flow),
      document,
    };
    if (before !== undefined) {
      this.remove(before.entry.id);
    }
    if (!isRecord) {
      this.#byEnds.set(ends, entry.id);
    }
    this.#size += size;
    this.#put({ entry, compiled, ends, isRecord, size });
    return { entry, replaced: before?.entry };
  }

  /** The entries of this one flow: with the same `from` and `to`. */
  findByEnds(flow: unknown): FlowEntry[] {
    const ends = endsOf([compileFlow(flow)]);
    return [...this.#stored.values()].filter((stored) => stored.ends === ends).map(({ entry }) => entry);
  }

  get(id: number): FlowEntry | undefined {
    return this.#stored.get(id)?.entry;
  }

  entries(): FlowEntry[] {
    return [...this.#stored.values()].map(({ entry }) => entry);
  }

  /** The flows that run. */
  running(): Flow[] {
    return this.entries().flatMap(({ deployed, flows }) => (deployed ? flows : []));
  }

  /** @returns the entry as it is now, `undefined` where there is none. */
  deploy(id: number, deployed: boolean): FlowEntry | undefined {
    const stored = this.#stored.get(id);
    if (stored === undefined || stored.entry.deployed === deployed) {
      return stored?.entry;
    }
    const entry = { ...stored.entry, deployed };
    this.#put({ ...stored, entry });
    return entry;
  }

  remove(id: number): boolean {
    const stored = this.#stored.get(id);
    if (stored === undefined) {
      return false;
    }
    this.#size -= stored.size;
    this.#stored.delete(id);
    if (!stored.isRecord) {
      this.#byEnds.delete(stored.ends);
    }
    this.#rebuild();
    return true;
  }

  from(uuid: string, eventId: string): readonly Route[] {
    return this.#bySource.get(uuid)?.get(eventId) ?? [];
  }

  /** Whether any flow that runs ends at this service. */
  endsAt(uuid: string): boolean {
    return this.running().some(({ to }) => to.uuid === uuid);
  }

  #put(stored: Stored): void {
    const isNew = !this.#stored.has(stored.entry.id);
    this.#stored.set(stored.entry.id, stored);
    if (isNew && stored.entry.deployed) {
      // Without a rebuild, which would forget the events that joins are keeping.
      this.#revision += 1;
      this.#index(stored);
    } else {
      this.#rebuild();
    }
  }

  #rebuild(): void {
    this.#revision += 1;
    const kept = new Map<CompiledFlow, Join>();
    for (const routes of [...this.#bySource.values()].flatMap((byEvent) => [...byEvent.values()])) {
      for (const { compiled, join } of routes) {
        if (join !== undefined) {
          kept.set(compiled, join);
        }
      }
    }
    this.#bySource.clear();
    for (const stored of this.#stored.values()) {
      if (stored.entry.deployed) {
        this.#index(stored, kept);
      }
    }
    for (const join of kept.values()) {
      join.clear();
    }
  }

  #index({ entry, compiled }: Stored, kept = new Map<CompiledFlow, Join>()): void {
    for (const flow of compiled) {
      const { sources } = flow;
      const join = sources.length > 1 ? (kept.get(flow) ?? new Join(sources.length, this.#held)) : undefined;
      kept.delete(flow);
      for (const [index, { uuid, eventId }] of sources.entries()) {
        const byEvent = this.#bySource.get(uuid) ?? new Map<string, Route[]>();
        this.#bySource.set(uuid, byEvent);
        const routes = byEvent.get(eventId) ?? [];
        byEvent.set(eventId, routes);
        routes.push({ entryId: entry.id, compiled: flow, index, join });
      }
    }
  }
}

function describeFlow({ sources, flow }: CompiledFlow): string {
  return `${sources.map(({ eventId }) => eventId).join(" + ")} → ${flow.to.functionId}`;
}

/** In any order. JSON, because ids are any text and no separator is safe. */
function endsOf(flows: readonly CompiledFlow[]): string {
  const ends = flows.map(({ sources, flow: { to } }) => {
    const events = sources.map(({ uuid, eventId }) => JSON.stringify([uuid, eventId]));
    return JSON.stringify([events.sort(), to.uuid, to.functionId]);
  });
  return JSON.stringify(ends.sort());
}
