// A page that publishes numbers, and keeps what waits over a reload: in the store that the page's address names.
import { MsbClient, type StateChange } from "../../../src/index.ts";
import { levelStore } from "../../../src/level-store/index.ts";

export interface SeenState {
  readonly state: StateChange["state"];
  readonly error: string | undefined;
  /** Milliseconds since the page was opened. */
  readonly at: number;
}

export interface DeliveryPage {
  readonly states: readonly SeenState[];
  readonly errors: readonly string[];
  /** Resolves when it is registered. */
  start(): Promise<void>;
  /** Publishes the numbers, `first` included; resolves when they are stored, or acknowledged without a store. */
  publish(first: number, count: number): Promise<void>;
  /** Resolves when the client gets there (again). */
  next(state: StateChange["state"]): Promise<SeenState>;
  flush(): Promise<void>;
  /** Disconnects; resolves when the store is closed. */
  stop(): Promise<void>;
}

declare global {
  interface Window {
    delivery: DeliveryPage;
  }
}

const parameters = new URLSearchParams(location.search);
const store = parameters.get("store");
const client = new MsbClient({
  type: "Application",
  uuid: parameters.get("uuid") ?? "",
  name: "Delivery",
  description: "Publishes numbers",
  token: "t0ken",
  cached: true,
  // Counted by a test, which would see a failed dial as an error of the page's.
  connectTimeout: 30_000,
  retryPolicy: () => 100,
  ...(store === null ? {} : { store: levelStore(store) }),
});
const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
const states: SeenState[] = [];
const errors: string[] = [];
client.on("stateChange", ({ state, error }) =>
  states.push({ state, error: error?.code, at: performance.now() }),
);
client.on("error", ({ message }) => errors.push(message));

window.delivery = {
  states,
  errors,
  async start() {
    await client.connect(parameters.get("msb") ?? "", { waitForServer: true });
    await client.register();
  },
  async publish(first, count) {
    const until = store === null ? "acknowledged" : "stored";
    const numbers = Array.from({ length: count }, (_, index) => first + index);
    await Promise.all(numbers.map((number) => event.publish(number, { until })));
  },
  next: (wanted) =>
    new Promise((resolve) => {
      const off = client.on("stateChange", ({ state, error }) => {
        if (state !== wanted) {
          return;
        }
        off();
        resolve({ state, error: error?.code, at: performance.now() });
      });
    }),
  flush: () => client.flush(),
  stop: () => client.disconnect(),
};
