import { MsbError } from "../../support/errors.ts";
import { MAX_FLOWS_SIZE } from "../support/limits.ts";
import { type CompiledFlow, compileFlow, type Flow } from "./flow.ts";
import type { FlowCounts } from "./flow-counts.ts";
import { RemovedFlows } from "./removed-flows.ts";
import { type Route, RouteIndex } from "./route-index.ts";

/** Where a flow comes from: code (`addFlow`, the option `flows`), the flows file of the command, REST, or a person at the console. */
export type FlowOrigin = "code" | "file" | "rest" | "console";

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
  /** Whether it is a record of the MSB's management, which stands beside others with the same ends. */
  readonly isRecord: boolean;
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
  /** The characters of its JSON. */
  readonly size: number;
}

/** The flows of a broker, found by the event they start with. */
export class FlowStore {
  readonly #stored = new Map<number, Stored>();
  readonly #byEnds = new Map<string, number>();
  readonly #routes = new RouteIndex();
  readonly #removed = new RemovedFlows<Stored>();
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
   * @throws {MsbDefinitionError} naming everything that is wrong; {MsbError} `BUSY` if there are too many.
   */
  add({ origin, deployed, flows, name, document, isRecord = false }: NewFlow): Added {
    const compiled = flows.map((flow) => compileFlow(flow));
    const ends = endsOf(compiled);
    const replaced = isRecord ? undefined : this.#stored.get(this.#byEnds.get(ends) ?? 0);
    const size = sizeOf(compiled, document);
    this.#checkRoom(replaced, size);
    this.#lastId += 1;
    const entry: FlowEntry = {
      id: this.#lastId,
      name: name ?? describeFlow(compiled[0]),
      origin,
      deployed,
      flows: compiled.map(({ flow }) => flow),
      document,
      isRecord,
    };
    if (replaced !== undefined) {
      // Programs add theirs again and again: the same ones would push out what a person has removed by mistake.
      this.remove(replaced.entry.id, !isSame(replaced.entry, entry));
    }
    this.#insert({ entry, compiled, ends, size });
    return { entry, replaced: replaced?.entry };
  }

  /** The entries of this one flow: with the same `from` and `to`. */
  findByEnds(flow: unknown): FlowEntry[] {
    const ends = endsOf([compileFlow(flow)]);
    return [...this.#stored.values()].filter((stored) => stored.ends === ends).map(({ entry }) => entry);
  }

  get(id: number): FlowEntry | undefined {
    return this.#stored.get(id)?.entry;
  }

  /** What each flow of an entry has done, in their order. */
  counts(id: number): readonly FlowCounts[] {
    return this.#stored.get(id)?.compiled.map(({ counts }) => counts) ?? [];
  }

  entries(): FlowEntry[] {
    return [...this.#stored.values()].map(({ entry }) => entry);
  }

  /** The flows that run. */
  running(): Flow[] {
    return this.entries().flatMap(({ deployed, flows }) => (deployed ? flows : []));
  }

  /** @returns the entry as it is now, `undefined` if there is none. */
  deploy(id: number, deployed: boolean): FlowEntry | undefined {
    const stored = this.#stored.get(id);
    if (stored === undefined || stored.entry.deployed === deployed) {
      return stored?.entry;
    }
    const entry = { ...stored.entry, deployed };
    this.#put({ ...stored, entry });
    return entry;
  }

  /** @param isKept whether it can be brought back, for a while. @returns whether there was one. */
  remove(id: number, isKept = false): boolean {
    const stored = this.#stored.get(id);
    if (stored === undefined) {
      return false;
    }
    if (isKept) {
      this.#removed.keep(stored);
    }
    this.#size -= stored.size;
    this.#stored.delete(id);
    if (!stored.entry.isRecord) {
      this.#byEnds.delete(stored.ends);
    }
    this.#rebuildRoutes();
    return true;
  }

  /**
   * Brings back a flow that was removed: with its id, what it is made of, what it has counted, and whether it runs.
   * @returns `undefined` if it is not kept any more; the id of the one that has its ends by now, if there is one.
   * @throws {MsbError} `BUSY` if there are too many.
   */
  restore(id: number): { readonly entry: FlowEntry } | { readonly occupiedBy: number } | undefined {
    const stored = this.#removed.find(id);
    if (stored === undefined) {
      return undefined;
    }
    const occupiedBy = stored.entry.isRecord ? undefined : this.#byEnds.get(stored.ends);
    if (occupiedBy !== undefined) {
      return { occupiedBy };
    }
    this.#checkRoom(undefined, stored.size);
    this.#removed.forget(id);
    this.#insert(stored);
    return { entry: stored.entry };
  }

  from(uuid: string, eventId: string): readonly Route[] {
    return this.#routes.from(uuid, eventId);
  }

  /** Whether any flow that runs ends at this service. */
  endsAt(uuid: string): boolean {
    return this.running().some(({ to }) => to.uuid === uuid);
  }

  #insert(stored: Stored): void {
    if (!stored.entry.isRecord) {
      this.#byEnds.set(stored.ends, stored.entry.id);
    }
    this.#size += stored.size;
    this.#put(stored);
  }

  #put(stored: Stored): void {
    const isNew = !this.#stored.has(stored.entry.id);
    this.#stored.set(stored.entry.id, stored);
    if (isNew && stored.entry.deployed) {
      this.#revision += 1;
      this.#routes.add(stored.compiled);
    } else {
      this.#rebuildRoutes();
    }
  }

  #rebuildRoutes(): void {
    this.#revision += 1;
    const deployed = [...this.#stored.values()].filter(({ entry }) => entry.deployed);
    this.#routes.replace(deployed.flatMap(({ compiled }) => compiled));
  }

  #checkRoom(replaced: Stored | undefined, size: number): void {
    const remedy = "Remove those that are not needed.";
    if (replaced === undefined && this.#stored.size >= MAX_ENTRIES) {
      throw new MsbError("BUSY", `There are ${MAX_ENTRIES} flows already.`, { remedy });
    }
    if (this.#size - (replaced?.size ?? 0) + size > MAX_FLOWS_SIZE) {
      throw new MsbError("BUSY", `All flows take more than ${MAX_FLOWS_SIZE} characters of JSON.`, {
        remedy,
      });
    }
  }
}

/** Whether they do the same under the same name, whoever added them. */
function isSame(one: FlowEntry, other: FlowEntry): boolean {
  const [first, second] = [one, other].map(({ name, deployed, flows, document }) =>
    JSON.stringify([name, deployed, flows, document]),
  );
  return first === second;
}

function sizeOf(flows: readonly CompiledFlow[], document: FlowEntry["document"]): number {
  const size = document === undefined ? 0 : JSON.stringify(document).length;
  return flows.reduce((sum, flow) => sum + flow.size, size);
}

function describeFlow(compiled: CompiledFlow | undefined): string {
  if (compiled === undefined) {
    return "";
  }
  const { sources, flow } = compiled;
  return `${sources.map(({ eventId }) => eventId).join(" + ")} → ${flow.to.functionId}`;
}

/** In any order. JSON, because ids are any strings and no separator is safe. */
function endsOf(flows: readonly CompiledFlow[]): string {
  const ends = flows.map(({ sources, flow: { to } }) => {
    const events = sources.map(({ uuid, eventId }) => JSON.stringify([uuid, eventId]));
    return JSON.stringify([events.sort(), to.uuid, to.functionId]);
  });
  return JSON.stringify(ends.sort());
}
