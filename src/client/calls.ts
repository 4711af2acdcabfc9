import type { CallMessage } from "../core/codec/index.ts";
import { leaveOutPrototypeKeys } from "../core/data-format/index.ts";
import type { CheckedFunction, EventReference } from "../core/self-description/index.ts";
import { asMsbError, MsbError, reasonOf } from "../support/errors.ts";
import { ignore } from "../support/ignore.ts";
import type { FunctionCall } from "./function.ts";
import type { Middlewares } from "./middleware.ts";
import { PublishedEvent, type PublishResult } from "./publication.ts";
import { isOnlyOptions, type PublishOptions } from "./publish-options.ts";

/** A handler, whatever its types. */
export type AnyHandler = (call: FunctionCall) => unknown;

/** Is told that the value of a call cannot be read. @returns whether that was told to somebody, and needs no report */
export type OnUnreadable = (correlationId: string | undefined, error: MsbError) => boolean;

/** What the calls of a function have in common. */
export interface CalledFunction {
  /** The service that has the function. */
  readonly uuid: string;
  readonly description: CheckedFunction;
  /** {@link MsbFunction.handle} puts another one here. */
  handler: AnyHandler;
  middleware(): Middlewares | undefined;
  validate(): boolean;
  hasPayload(eventId: string): boolean;
  publish(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult>;
  report(error: MsbError): void;
  readonly onUnreadable: OnUnreadable | undefined;
}

/**
 * Runs one call of a function, from the message to its response event. Never throws: failures are reported.
 * @returns resolves when the handler has ended and what it returned is published: answers that the MSB has not accepted hold up
 * further calls, instead of piling up. `undefined` if all of that is over already
 */
export function runCall(message: CallMessage, context: CalledFunction): Promise<void> | undefined {
  const { description, handler, publish, report } = context;
  const responded: string[] = [];
  const respond = (
    event: EventReference | string,
    value: unknown,
    options?: PublishOptions,
  ): Promise<PublishResult> => {
    const eventId = typeof event === "string" ? event : event.eventId;
    responded.push(eventId);
    const isOnly = isOnlyOptions(context.hasPayload(eventId), value, options);
    return publish(eventId, isOnly ? undefined : value, {
      cached: true,
      ...(isOnly ? value : options),
      ...(message.correlationId === undefined ? {} : { correlationId: message.correlationId }),
    });
  };

  let call: FunctionCall;
  try {
    call = readCall(message, context, respond);
  } catch (error) {
    const failure = error instanceof MsbError ? error : failed(description, error);
    if (context.onUnreadable?.(message.correlationId, failure) !== true) {
      report(failure);
    }
    return undefined;
  }

  const answer = (returned: unknown): Promise<PublishResult> | undefined => {
    const [only, ...others] = description.responseEventIds;
    if (only === undefined || others.length > 0 || responded.includes(only)) {
      return undefined;
    }
    const value = returned instanceof PublishedEvent ? undefined : returned;
    const isAnswer = responded.length === 0 && !context.hasPayload(only);
    return value === undefined && !isAnswer ? undefined : respond(only, value);
  };
  const middleware = context.middleware();
  if (middleware !== undefined) {
    const { uuid } = context;
    return middleware
      .call({ kind: "call", uuid, ...call }, () => handleInside(description, () => handler(call), answer))
      .catch((error) => report(asMsbError(error)));
  }
  const answerOrReport = (returned: unknown): Promise<void> | undefined =>
    answer(returned)?.then(ignore, (error) => report(asMsbError(error)));
  try {
    const returned = handler(call);
    // Most handlers are over when they return: their calls cost no promise.
    return isThenable(returned)
      ? Promise.resolve(returned)
          .then(answerOrReport)
          .catch((error) => report(failed(description, error)))
      : answerOrReport(returned);
  } catch (error) {
    report(failed(description, error));
    return undefined;
  }
}

/** The handler and its answer, for middleware around them: which hears of a failure first. */
async function handleInside(
  description: CheckedFunction,
  handle: () => unknown,
  answer: (returned: unknown) => Promise<PublishResult> | undefined,
): Promise<unknown> {
  let returned: unknown;
  try {
    returned = await handle();
  } catch (error) {
    throw failed(description, error);
  }
  await answer(returned);
  return returned;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

function readCall(
  { functionParameters, hasPrototypeKey, correlationId }: CallMessage,
  { description, validate }: CalledFunction,
  respond: FunctionCall["respond"],
): FunctionCall {
  const { functionId, dataFormat, hasNamedParameters } = description;
  const options = { validate: validate(), hasPrototypeKey };
  let dataObject: unknown;
  let parameters = hasPrototypeKey ? leaveOutPrototypeKeys(functionParameters) : functionParameters;
  if (hasNamedParameters) {
    parameters = dataFormat.decode(functionParameters, options) as typeof parameters;
  } else if (dataFormat.json !== undefined) {
    const onWire = functionParameters["dataObject"];
    dataObject = dataFormat.decode(onWire, options);
    if (dataObject !== onWire) {
      parameters = { ...parameters, dataObject };
    }
  }
  return { dataObject, parameters, correlationId, functionId, respond } as FunctionCall;
}

function failed(description: CheckedFunction, error: unknown): MsbError {
  const message = `The handler of function ${JSON.stringify(description.functionId)} failed: ${reasonOf(error)}.`;
  return new MsbError("HANDLER_FAILED", message, { cause: error });
}
