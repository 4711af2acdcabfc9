import { signal } from "@preact/signals";
import { request, servicePath } from "../../data/api.ts";
import { servicesByUuid } from "../../data/broker-state.ts";
import type { ServiceDetails } from "../../data/types.ts";
import { eventsOf, functionsOf } from "../flow-end.tsx";
import type { ServiceBox } from "./layout.ts";

export type PortKind = "event" | "function";

/** An event or a function of a service in the picture. */
export interface PortRef {
  readonly uuid: string;
  readonly kind: PortKind;
  readonly id: string;
}

interface Known {
  /** When the service registered; with another registration it may have others. */
  readonly registeredAt: number;
  readonly events: readonly string[];
  readonly functions: readonly string[];
}

/** Requests at a time. */
const MAX_LOADING = 4;

const known = signal<ReadonlyMap<string, Known>>(new Map());
const loading = new Map<string, Promise<void>>();

/** The events or functions that a box shows: those of flows, and the others as soon as they are known, as far as there is room. */
export function portsOf(box: ServiceBox, kind: PortKind): readonly string[] {
  const used = kind === "event" ? box.usedEvents : box.usedFunctions;
  const all = known.value.get(box.uuid)?.[kind === "event" ? "events" : "functions"] ?? [];
  const rows = kind === "event" ? box.eventRows : box.functionRows;
  return [...used, ...all.filter((id) => !used.includes(id))].slice(0, rows);
}

/** How many more there are than the box shows. */
export function hiddenPorts(box: ServiceBox): number {
  const { events = 0, functions = 0 } = servicesByUuid.value.get(box.uuid)?.counts ?? {};
  return Math.max(0, events - box.eventRows) + Math.max(0, functions - box.functionRows);
}

/** Asks for the events and functions of services, as far as they are not known. */
export async function loadPorts(uuids: readonly string[]): Promise<void> {
  const wanted = uuids.filter((uuid) => !loading.has(uuid) && !isKnown(uuid));
  const isWaitedFor = uuids.flatMap((uuid) => loading.get(uuid) ?? []);
  const next = async (): Promise<void> => {
    for (let uuid = wanted.pop(); uuid !== undefined; uuid = wanted.pop()) {
      await loadOne(uuid);
    }
  };
  await Promise.all([...isWaitedFor, ...Array.from({ length: MAX_LOADING }, next)]);
}

function isKnown(uuid: string): boolean {
  const { registeredAt } = servicesByUuid.peek().get(uuid) ?? {};
  // A service that has never been here has nothing that could be asked for.
  return registeredAt === undefined || known.peek().get(uuid)?.registeredAt === registeredAt;
}

async function loadOne(uuid: string): Promise<void> {
  const load = async () => {
    const { selfDescription, registeredAt } = await request<ServiceDetails>("GET", servicePath(uuid));
    const ids = (ports: readonly { readonly id: string }[]) => ports.map(({ id }) => id);
    const ports = {
      registeredAt,
      events: ids(eventsOf(selfDescription)),
      functions: ids(functionsOf(selfDescription)),
    };
    known.value = new Map(known.peek()).set(uuid, ports);
  };
  // Without it the box shows what flows use; it is asked for again when it is seen again.
  const done = load().catch(() => {});
  loading.set(uuid, done);
  await done;
  loading.delete(uuid);
}
