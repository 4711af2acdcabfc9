import type { AnyHandler, CalledFunction } from "./calls.ts";
import type { FunctionCall } from "./function.ts";

/** The handler of any function. */
// biome-ignore lint/suspicious/noExplicitAny: functions of all types are kept in one place
export type AnyFunctionHandler = (call: FunctionCall<any, any>) => unknown;

/** What a function needs of the service that it belongs to. */
interface FunctionOwner {
  readonly uuid: string;
  /** @throws {MsbError} `UNKNOWN_FUNCTION` if it was removed. */
  replaceHandler(context: CalledFunction, handler: AnyHandler): void;
  removeFunction(context: CalledFunction): void;
}

/** A function that was added to a service. */
export class MsbFunction<Handler extends AnyFunctionHandler = AnyFunctionHandler> {
  readonly functionId: string;
  /** The service that it belongs to. */
  readonly uuid: string;
  readonly #owner: FunctionOwner;
  readonly #context: CalledFunction;

  /** @internal Functions are made by `addFunction()`. */
  constructor(owner: FunctionOwner, context: CalledFunction) {
    this.functionId = context.description.functionId;
    this.uuid = owner.uuid;
    this.#owner = owner;
    this.#context = context;
  }

  /**
   * Uses another handler from the next call on. A handler that is running finishes.
   * @throws {MsbDefinitionError} if it is not a function; {MsbError} `UNKNOWN_FUNCTION` after `remove()`.
   * @example
   * const stop = client.addFunction({ functionId: "STOP", handler: () => press.stop() });
   * stop.handle(() => console.log("stopped already"));
   */
  handle(handler: Handler): void {
    this.#owner.replaceHandler(this.#context, handler as AnyHandler);
  }

  /**
   * Removes the function from its service; its id can be added again. When registered, the client registers again by itself.
   * Calls that have come already are still answered. A later one is reported (`UNKNOWN_FUNCTION`). The second time
   * nothing happens.
   * @example
   * const stop = client.addFunction({ functionId: "STOP", handler: () => press.stop() });
   * stop.remove();
   */
  remove(): void {
    this.#owner.removeFunction(this.#context);
  }
}
