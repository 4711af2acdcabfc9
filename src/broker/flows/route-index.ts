import type { CompiledFlow } from "./flow.ts";
import { type HeldEvents, Join } from "./join.ts";

/** A flow that runs. */
export interface Route {
  readonly compiled: CompiledFlow;
  /** The position of the event among the sources. */
  readonly index: number;
  /** For several sources. */
  readonly join: Join | undefined;
}

/** The flows that run, found by the event they start with. */
export class RouteIndex {
  readonly #bySource = new Map<string, Map<string, Route[]>>();
  readonly #joins = new Map<CompiledFlow, Join>();
  readonly #held: HeldEvents = { size: 0 };

  from(uuid: string, eventId: string): readonly Route[] {
    return this.#bySource.get(uuid)?.get(eventId) ?? [];
  }

  /** Adds flows behind those that are there. */
  add(flows: readonly CompiledFlow[]): void {
    for (const flow of flows) {
      const join = this.#joinOf(flow);
      for (const [index, { uuid, eventId }] of flow.sources.entries()) {
        this.#routesOf(uuid, eventId).push({ compiled: flow, index, join });
      }
    }
  }

  /** Starts anew with these flows. The joins of those that were there before keep the events that they hold. */
  replace(flows: readonly CompiledFlow[]): void {
    this.#bySource.clear();
    const staying = new Set(flows);
    for (const [flow, join] of this.#joins) {
      if (!staying.has(flow)) {
        join.clear();
        this.#joins.delete(flow);
      }
    }
    this.add(flows);
  }

  #joinOf(flow: CompiledFlow): Join | undefined {
    if (flow.sources.length === 1) {
      return undefined;
    }
    const join = this.#joins.get(flow) ?? new Join(flow.sources.length, this.#held);
    this.#joins.set(flow, join);
    return join;
  }

  #routesOf(uuid: string, eventId: string): Route[] {
    const byEvent = this.#bySource.get(uuid) ?? new Map<string, Route[]>();
    this.#bySource.set(uuid, byEvent);
    const routes = byEvent.get(eventId) ?? [];
    byEvent.set(eventId, routes);
    return routes;
  }
}
