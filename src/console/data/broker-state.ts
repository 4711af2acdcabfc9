import { computed, signal } from "@preact/signals";
import { look } from "./api.ts";
import type { ActiveFaults, BrokerState, Revision, ServiceSummary } from "./types.ts";

/** Milliseconds between two requests for the state, at least: with many services it is large. */
const MIN_PAUSE = 400;
/** Figures such as the memory change without a revision; faults are used up. */
const POLL_INTERVAL = 2_000;

/** The last known state of the broker. */
export const state = signal<BrokerState | undefined>(undefined);
export const faults = signal<ActiveFaults>({ delay: 0, refusals: [], silences: [], halfOpen: [] });

const { compare } = new Intl.Collator(undefined, { numeric: true });

/** The services by name. */
export const services = computed<readonly ServiceSummary[]>(() =>
  (state.value?.services ?? []).toSorted((a, b) => compare(a.name, b.name) || compare(a.uuid, b.uuid)),
);
/** How many of them are connected. */
export const connectedCount = computed(() => services.value.filter(({ connected }) => connected).length);
export const flows = computed(() => state.value?.flows ?? []);
export const flowsRevision = computed(() => state.value?.revision.flows ?? 0);
export const servicesByUuid = computed(
  () => new Map(services.value.map((service) => [service.uuid, service])),
);

/** What people call a service; its uuid if it has never been here. */
export function nameOf(uuid: string): string {
  return servicesByUuid.value.get(uuid)?.name ?? uuid;
}

let isRunning = false;
let isWanted = false;
let pause = MIN_PAUSE;

/** Asks for the state: at once, or shortly after the last time. */
export async function refresh(): Promise<void> {
  isWanted = true;
  if (isRunning) {
    return;
  }
  isRunning = true;
  while (isWanted) {
    isWanted = false;
    await load();
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  isRunning = false;
}

async function load(): Promise<void> {
  const start = performance.now();
  try {
    const loaded = await look<BrokerState>("/broker/state");
    state.value = loaded;
    faults.value = loaded.faults;
  } catch {
    // The banner says that the broker is gone, and the trace asks again when it is back.
  }
  // So that neither side spends more than a part of its time on this.
  pause = Math.max(MIN_PAUSE, 4 * (performance.now() - start));
}

/** Asks for the state if it has changed. */
export function refreshIfOlder({ services, flows }: Revision): void {
  const known = state.peek()?.revision;
  if (known?.services !== services || known.flows !== flows) {
    void refresh();
  }
}

export function startRefreshing(): void {
  void refresh();
  setInterval(() => {
    if (!document.hidden) {
      look<ActiveFaults>("/broker/faults").then(
        (active) => {
          // A new object draws the page anew.
          if (JSON.stringify(active) !== JSON.stringify(faults.peek())) {
            faults.value = active;
          }
        },
        () => {},
      );
    }
  }, POLL_INTERVAL);
}
