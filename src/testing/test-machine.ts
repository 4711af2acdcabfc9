import type { MsbClient } from "../client/client.ts";
import type { AnyContract } from "../client/contract/contract.ts";
import type {
  ContractCall,
  ContractHandlers,
  Device,
  FunctionIdOf,
  FunctionValueOf,
} from "../client/contract/types.ts";
import { mustBe } from "../core/validation/describe-value.ts";
import { throwIssues } from "../core/validation/issues.ts";
import { Arrivals, type WaitOptions } from "./arrivals.ts";

/** A call that a stand-in of a machine got. */
export type TestCall<C extends AnyContract, Id extends FunctionIdOf<C> = FunctionIdOf<C>> = {
  readonly [Each in Id]: {
    readonly functionId: Each;
    /** The payload, or the named parameters. */
    readonly value: FunctionValueOf<C, Each>;
    readonly correlationId: string | undefined;
  };
}[Id];

type AnyCall = ContractCall<AnyContract, string>;
type AnyHandler = (call: never) => unknown;

/** A stand-in of a machine, by its contract, for tests of those who use it; made by {@link TestBench.machine}. */
export class TestMachine<C extends AnyContract> {
  readonly uuid: string;
  readonly client: MsbClient;
  /** By eventId, to be published. */
  readonly events: Device<C>["events"];
  /** By name. */
  readonly parameters: Device<C>["parameters"];
  readonly #calls: TestCall<C>[] = [];
  readonly #arrivals: Arrivals<string, unknown>;
  readonly #handlers = new Map<string, AnyHandler>();

  /** @internal Made by `TestBench`, which starts its client. */
  constructor(client: MsbClient, contract: C, handlers: Partial<ContractHandlers<C>>) {
    this.uuid = client.uuid;
    this.client = client;
    // What is no contract has none of it, and is told by implement().
    const functions = contract?.checked?.functions ?? [];
    const all = functions.map(({ functionId, hasNamedParameters }) => [
      functionId,
      (call: AnyCall) => this.#run(call, hasNamedParameters),
    ]);
    const device = client.implement(contract, Object.fromEntries(all));
    this.#arrivals = new Arrivals(
      { what: "a call of", kind: "function", unknown: "UNKNOWN_FUNCTION" },
      functions.map(({ functionId }) => functionId),
    );
    for (const [functionId, handler] of Object.entries(handlers)) {
      this.#handle(functionId, handler);
    }
    this.events = device.events;
    this.parameters = device.parameters;
  }

  /** The calls that came, in their order. */
  get calls(): readonly TestCall<C>[] {
    return this.#calls;
  }

  /**
   * The oldest call of a function that was not asked for yet, or the next one. It is there before its handler runs.
   * @throws {MsbError} (rejects) `TIMEOUT`, saying which calls came; `UNKNOWN_FUNCTION`.
   * @example
   * const press7 = await bench.machine(pressContract, { uuid: "press-7" });
   * // … the dashboard under test calls SET_SPEED with 60
   * console.log((await press7.nextCall("SET_SPEED")).value); // 60
   */
  nextCall<Id extends FunctionIdOf<C>>(functionId: Id, options?: WaitOptions): Promise<TestCall<C, Id>> {
    return this.#arrivals.next(functionId, options) as Promise<TestCall<C, Id>>;
  }

  /**
   * Answers a function otherwise from now on.
   * @throws {MsbError} `UNKNOWN_FUNCTION`, and `INVALID_DEFINITION` if the handler is not a function.
   * @example
   * const press7 = await bench.machine(pressContract, { uuid: "press-7" });
   * press7.handle("STOP", ({ respond }) => respond("FAILED", "jammed"));
   */
  handle<Id extends FunctionIdOf<C>>(functionId: Id, handler: ContractHandlers<C>[Id]): void {
    this.#handle(functionId, handler);
  }

  #handle(functionId: string, handler: unknown): void {
    this.#arrivals.requireId(functionId);
    if (typeof handler !== "function") {
      throwIssues("The handlers of a machine", [
        { path: functionId, message: mustBe("a function", handler) },
      ]);
    }
    this.#handlers.set(functionId, handler as AnyHandler);
  }

  #run(call: AnyCall, hasNamedParameters: boolean): unknown {
    const { functionId, correlationId, dataObject, parameters } = call;
    const value = hasNamedParameters ? parameters : dataObject;
    const taken = { functionId, value, correlationId } as TestCall<C>;
    this.#calls.push(taken);
    this.#arrivals.add(functionId, taken);
    return this.#handlers.get(functionId)?.(call as never);
  }
}
