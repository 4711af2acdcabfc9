import type { CallMessage } from "../core/codec/index.ts";
import type { CheckedFunction, EventReference } from "../core/self-description/index.ts";
import { asMsbError, describeError, MsbError } from "../support/errors.ts";
import type { FunctionCall } from "./function.ts";
import { PublishedEvent, type PublishResult } from "./publication.ts";
import type { PublishOptions } from "./publish-options.ts";

/** A handler, whatever its types. */
export type AnyHandler = (call: FunctionCall) => unknown;

export interface CallContext {
  readonly description: CheckedFunction;
  readonly handler: AnyHandler;
  validate(): boolean;
  hasPayload(eventId: string): boolean;
  publish(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult>;
  report(error: MsbError): void;
}

/**
 * Runs one call of a function, from the message to its response event. Never throws: failures are reported.
 * @returns resolves when the handler has ended and what it returned is published: answers that the MSB has not accepted hold up
 * further calls, instead of piling up. `undefined` if all of that is over already
 */
export function runCall(message: CallMessage, context: CallContext): Promise<void> | undefined {
  const { description, handler, publish, report } = context;
  const responded: string[] = [];
  const respond = (
    event: EventReference | string,
    value: unknown,
    options?: PublishOptions,
  ): Promise<PublishResult> => {
    const eventId = typeof event === "string" ? event : event.eventId;
    responded.push(eventId);
    return publish(eventId, value, {
      cached: true,
      ...options,
      ...(message.correlationId === undefined ? {} : { correlationId: message.correlationId }),
    });
  };

  let call: FunctionCall;
  try {
    call = readCall(message, context, respond);
  } catch (error) {
    report(error instanceof MsbError ? error : failed(description, error));
    return undefined;
  }

  const answer = (returned: unknown): Promise<void> | undefined => {
    const [only, ...others] = description.responseEventIds;
    if (only === undefined || others.length > 0 || responded.includes(only)) {
      return undefined;
    }
    const value = returned instanceof PublishedEvent ? undefined : returned;
    const isAnswer = responded.length === 0 && !context.hasPayload(only);
    if (value === undefined && !isAnswer) {
      return undefined;
    }
    return respond(only, value).then(
      () => {},
      (error) => report(asMsbError(error)),
    );
  };
  try {
    const returned = handler(call);
    // Most handlers are over when they return: their calls cost no promise.
    return isThenable(returned)
      ? Promise.resolve(returned)
          .then(answer)
          .catch((error) => report(failed(description, error)))
      : answer(returned);
  } catch (error) {
    report(failed(description, error));
    return undefined;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

function readCall(
  { functionParameters, correlationId }: CallMessage,
  { description, validate }: CallContext,
  respond: FunctionCall["respond"],
): FunctionCall {
  const { functionId, dataFormat, hasNamedParameters } = description;
  let dataObject: unknown;
  let parameters = functionParameters;
  if (hasNamedParameters) {
    parameters = dataFormat.decode(functionParameters, { validate: validate() }) as typeof parameters;
  } else if (dataFormat.json !== undefined) {
    const onWire = functionParameters["dataObject"];
    dataObject = dataFormat.decode(onWire, { validate: validate() });
    if (dataObject !== onWire) {
      parameters = { ...functionParameters, dataObject };
    }
  }
  return { dataObject, parameters, correlationId, functionId, respond } as FunctionCall;
}

function failed(description: CheckedFunction, error: unknown): MsbError {
  const message = `The handler of function ${JSON.stringify(description.functionId)} failed: ${describeError(error)}.`;
  return new MsbError("HANDLER_FAILED", message, { cause: error });
}
