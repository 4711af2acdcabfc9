import type { Broker, BrokerOptions } from "../broker/index.ts";
import type { MsbClientOptions } from "../client/client-options.ts";
import type { AnyContract } from "../client/contract/contract.ts";
import type { ContractHandlers } from "../client/contract/types.ts";
import type { CounterpartOptions } from "../client/counterpart/counterpart-options.ts";
import type { Identity } from "../core/self-description/index.ts";
import { MsbClient } from "../sdk.ts";
import { MsbError } from "../support/errors.ts";
import { TestCounterpart } from "./test-counterpart.ts";
import { testIdentity } from "./test-identity.ts";
import { TestMachine } from "./test-machine.ts";

/** A broker of a test, and what the test connects to it: all of it ends with `close()`. Made by {@link startTestBench}. */
export class TestBench implements AsyncDisposable {
  readonly broker: Broker;
  readonly #clients: MsbClient[] = [];

  /** @internal Made by `startTestBench()`. */
  constructor(broker: Broker) {
    this.broker = broker;
  }

  /** Where a client connects to; its management REST is there, too. */
  get url(): string {
    return this.broker.url;
  }

  /**
   * A client that is not connected yet: with an identity of its own, and the broker's URL as its own.
   * @example
   * const lamp = bench.client({ uuid: "lamp-1" });
   * const switched = lamp.addEvent({ eventId: "SWITCHED", dataFormat: "boolean" });
   * await lamp.start();
   * await switched.publish(true);
   */
  client(options: Partial<Identity> & MsbClientOptions = {}): MsbClient {
    const client = new MsbClient({ ...testIdentity(), url: this.url, ...options });
    this.#clients.push(client);
    return client;
  }

  /**
   * A stand-in of a machine, registered: for the test of a dashboard. A function without a handler only takes note of its
   * calls.
   * @throws {MsbDefinitionError} (rejects) if the contract, the options or a handler is wrong.
   * @example
   * const press7 = await bench.machine(pressContract, { uuid: "press-7" }, {
   *   SET_SPEED: ({ dataObject }) => dataObject,
   * });
   * await press7.events.SPEED_CHANGED.publish(60);
   */
  async machine<C extends AnyContract>(
    contract: C,
    options: Partial<Identity> & MsbClientOptions = {},
    handlers: Partial<ContractHandlers<C>> = {},
  ): Promise<TestMachine<C>> {
    const machine = new TestMachine(this.client(options), contract, handlers);
    await machine.client.start();
    return machine;
  }

  /**
   * A user of a machine, registered and with its flows: for the test of the machine.
   * @throws {MsbDefinitionError} (rejects) if the contract or the options are wrong.
   * @example
   * const caller = await bench.counterpart(pressContract, { uuid: "press-7" });
   * console.log(await caller.call("SET_SPEED", 60), await caller.nextEvent("MEASURED"));
   */
  async counterpart<C extends AnyContract>(
    contract: C,
    options: CounterpartOptions,
  ): Promise<TestCounterpart<C>> {
    const caller = new TestCounterpart(this.client({ type: "Application" }), contract, options);
    for (const flow of caller.counterpart.flows) {
      this.broker.addFlow(flow);
    }
    await caller.client.start();
    return caller;
  }

  /**
   * Disconnects the clients that it made, and closes the broker. Can be called again.
   * @example
   * process.once("SIGINT", () => void bench.close());
   */
  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.disconnect()));
    await this.broker.close();
  }

  /**
   * The same as `close()`.
   * @example
   * await using temporary = await startTestBench(); // ends with the block
   * await client.start(temporary.url);
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Starts a broker for a test, on a free port, and makes the other end of what is tested: a machine, or a user of it, by their
 * contract. `await using` ends it with the block; without, call `close()` in `afterEach`.
 * @throws {MsbError} (rejects) as `startBroker()` does.
 * @example
 * const own = await startTestBench();
 * await client.start(own.url);
 * await own.close();
 */
export async function startTestBench(options: BrokerOptions = {}): Promise<TestBench> {
  if (typeof Request !== "function") {
    const message = "A broker cannot be started in a page, as that of Jest's jsdom: it needs Node.js.";
    throw new MsbError("UNEXPECTED", message, {
      remedy:
        'Begin a test that needs no page with "@jest-environment node"; for others start it in globalSetup.',
    });
  }
  // Not before: scripted clients do without the broker.
  const { startBroker } = await import("../broker/index.ts");
  return new TestBench(await startBroker(options));
}
