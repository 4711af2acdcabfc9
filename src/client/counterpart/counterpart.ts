import { anySignal, wholeNumber } from "../../core/validation/checks.ts";
import { optionsReader } from "../../core/validation/options.ts";
import type { Unsubscribe } from "../../support/emitter.ts";
import { MsbError } from "../../support/errors.ts";
import type { AnyContract, ContractClient, ContractService } from "../contract/contract.ts";
import type { EventValueOf } from "../contract/types.ts";
import { unknownId } from "../contract/unknown-id.ts";
import type { FunctionCall } from "../function.ts";
import type { MsbFunction } from "../function-handle.ts";
import { valueAndOptions } from "../publish-options.ts";
import { AnyCounterpart } from "./any-counterpart.ts";
import type { MachineCallOptions } from "./call-options.ts";
import { MachineCalls, type MachineFunction } from "./machine-calls.ts";
import { ReceivedEvents } from "./received-events.ts";
import type { CallArguments, CallResult, LastValue, MachineEventInfo } from "./types.ts";
import type { ValueStream } from "./value-stream.ts";

/** The options of {@link Counterpart.events}. */
export interface MachineEventsOptions {
  /** How many values may wait for their reader; then the oldest is dropped. @default 1000 */
  readonly bufferSize?: number;
  /** Ends it. @default none */
  readonly signal?: AbortSignal;
}

const readEventsOptions = optionsReader<MachineEventsOptions>({
  bufferSize: wholeNumber(1, "values"),
  signal: anySignal,
});

/**
 * A machine, as its users see it: its events and functions as if they were local. Made by `client.counterpart()`.
 *
 * On an MSB a service never calls another one: its event goes by a flow to a function. So for each event of the machine this
 * service has a function, with the id `<id>.<eventId>`, for each function an event, with the id `<id>.<functionId>`, and
 * `flows` connects them.
 */
export class Counterpart<C extends AnyContract = AnyContract> extends AnyCounterpart {
  declare readonly contract: C;
  readonly #service: ContractService;
  readonly #client: ContractClient;
  readonly #received: ReceivedEvents;
  readonly #calls: MachineCalls;
  readonly #functions = new Map<string, MachineFunction>();

  /** What it added to the service. */
  readonly #added: MsbFunction[] = [];
  readonly #stopWatching: Unsubscribe;

  /** @internal Counterparts are made by `counterpart()`. */
  constructor(service: ContractService, client: ContractClient, contract: C, options: unknown) {
    super(service, client, contract, options);
    this.#service = service;
    this.#client = client;
    this.#received = new ReceivedEvents(this.name, client.clock, (error) => client.report(error));
    this.#calls = new MachineCalls(this.name, client.clock, () => client.settings.cached);
    this.#add();
    this.#stopWatching = client.onDisconnected((error) => {
      this.#calls.rejectAll(error ?? disconnected());
      this.#received.end(error);
    });
  }

  /**
   * Calls the listener with the value of each event of the machine that comes. One that throws is reported, and nothing else is affected.
   * @returns a function that removes it
   * @throws {MsbError} `UNKNOWN_EVENT`, after `remove()` too.
   * @example
   * const stop = machine.on("MEASURED", ({ celsius }, { postDate }) => console.log(celsius, postDate));
   * stop();
   */
  on<Id extends keyof C["events"] & string>(
    eventId: Id,
    listener: (value: EventValueOf<C, Id>, info: MachineEventInfo) => void,
  ): Unsubscribe {
    this.requirePresent("UNKNOWN_EVENT");
    this.#requireEvent(eventId);
    return this.#received.on(eventId, ({ value, ...info }) => listener(value as EventValueOf<C, Id>, info));
  }

  /**
   * The values of an event of the machine from now on, for `for await`. Those that wait for their reader are bounded: the oldest
   * is dropped, `dropped` counts it, and the `error` listener or the log hears of it (`EVENT_DROPPED`). Over lost connections it
   * goes on. It ends with `break`, with its signal, with `remove()`, and with `disconnect()`; a fatal error of the client is thrown.
   * @throws {MsbError} `UNKNOWN_EVENT`, and `INVALID_DEFINITION` for a wrong option.
   * @example
   * for await (const { celsius } of machine.events("MEASURED")) {
   *   if (celsius > 80) {
   *     break;
   *   }
   * }
   */
  events<Id extends keyof C["events"] & string>(
    eventId: Id,
    options: MachineEventsOptions = {},
  ): ValueStream<EventValueOf<C, Id>> {
    this.#requireEvent(eventId);
    const { bufferSize = 1_000, signal } = readEventsOptions("events()", options);
    const stream = this.#received.stream(eventId, bufferSize, signal) as ValueStream<EventValueOf<C, Id>>;
    if (this.isRemoved) {
      // Nothing will come: whoever reads would wait for ever.
      stream.end();
    }
    return stream;
  }

  /**
   * The last value of an event that came, and its age in milliseconds, so that a dashboard can tell which values are old.
   * `undefined` if none has come since the counterpart was made.
   * @throws {MsbError} `UNKNOWN_EVENT`
   * @example
   * const last = machine.lastValue("MEASURED");
   * const isStale = last === undefined || last.age > 2_000;
   */
  lastValue<Id extends keyof C["events"] & string>(eventId: Id): LastValue<EventValueOf<C, Id>> | undefined {
    this.#requireEvent(eventId);
    return this.#received.last(eventId) as LastValue<EventValueOf<C, Id>> | undefined;
  }

  /**
   * Calls a function of the machine, and waits for its answer: the response event with the correlation id of this call.
   * Resolves to the value of that event; if the contract names several, to `{ eventId, value }` of the first that comes. A
   * function without response events resolves to `undefined` as soon as the MSB has accepted the call.
   *
   * Rejects with `TIMEOUT` if no answer comes, and as `publish()` does: with `INVALID_VALUE`, `NOT_CONNECTED`,
   * `NOT_REGISTERED`, `REFUSED`, `CONNECTION_LOST`; with `ABORTED`, `DISCONNECTED`, `MIDDLEWARE_FAILED` and
   * `UNKNOWN_FUNCTION`.
   * @example
   * const speed = await machine.call("SET_SPEED", 60, { timeout: 5_000 });
   * const answer = await machine.call("STOP"); // without payload: options, if any, come first
   * console.log(speed, answer.eventId === "FAILED" ? `still running: ${answer.value}` : "stopped");
   */
  call<Id extends keyof C["functions"] & string>(
    functionId: Id,
    ...args: CallArguments<C, Id>
  ): Promise<CallResult<C, Id>> {
    return this.#client.failures.observe(() => this.#call(functionId, args)) as Promise<CallResult<C, Id>>;
  }

  /**
   * Removes everything that it added: its functions and events leave the service, open calls reject with `ABORTED`, and
   * streams end. When registered, the client registers again by itself. Flows at the MSB stay. The second time nothing happens.
   * @example
   * machine.remove(); // the press was taken out of service
   */
  override remove(): void {
    if (this.isRemoved) {
      return;
    }
    this.isRemoved = true;
    this.#stopWatching();
    for (const added of this.#added) {
      added.remove();
    }
    for (const { event } of this.#functions.values()) {
      this.#service.removeEvent(event.eventId);
    }
    const message = `The counterpart of ${this.name} was removed before an answer came.`;
    this.#calls.rejectAll(new MsbError("ABORTED", message));
    this.#received.end(undefined);
  }

  #add(): void {
    for (const { event, function: own } of this.plan.received) {
      const { eventId } = event;
      const receiver = this.#service.addCheckedFunction(
        own,
        (call) => this.#receive(eventId, call),
        (correlationId, error) => this.#calls.onUnreadable(correlationId, eventId, error),
      );
      this.#added.push(receiver);
    }
    for (const { event, function: description } of this.plan.called) {
      const added = this.#service.addCheckedEvent(event);
      this.#functions.set(description.functionId, { description, event: added });
    }
  }

  #receive(eventId: string, { dataObject, parameters, correlationId }: FunctionCall): void {
    const sent = parameters["postDate"];
    const postDate = typeof sent === "string" ? sent : undefined;
    this.#calls.onEvent(correlationId, { eventId, value: dataObject });
    this.#received.receive({ eventId, value: dataObject, correlationId, postDate });
  }

  async #call(functionId: string, [first, second]: readonly unknown[]): Promise<unknown> {
    this.requirePresent("UNKNOWN_FUNCTION");
    const called = this.#functions.get(functionId);
    if (called === undefined) {
      throw unknownId("UNKNOWN_FUNCTION", "function", functionId, [...this.#functions.keys()]);
    }
    const { dataFormat, responseEventIds } = called.description;
    const [value, options] = valueAndOptions(dataFormat.json !== undefined, first, second);
    const answer = await this.#calls.call(called, value, (options ?? {}) as MachineCallOptions);
    return responseEventIds.length > 1 ? answer : answer?.value;
  }

  #requireEvent(eventId: string): void {
    const { events } = this.contract;
    if (!Object.hasOwn(events, eventId)) {
      throw unknownId("UNKNOWN_EVENT", "event", eventId, Object.keys(events));
    }
  }
}

function disconnected(): MsbError {
  return new MsbError("DISCONNECTED", "The client was disconnected before an answer came.");
}
