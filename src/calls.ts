import type { CallMessage } from "./codec/index.ts";
import { describeError, MsbError } from "./errors.ts";
import type { PublishOptions, PublishResult } from "./event.ts";
import type { FunctionCall } from "./function.ts";
import { ignore } from "./ignore.ts";
import type { EventReference, FunctionDescription } from "./self-description/index.ts";

/** A handler, whatever its types. */
export type AnyHandler = (call: FunctionCall) => unknown;

export interface CallContext {
  readonly description: FunctionDescription;
  readonly handler: AnyHandler;
  readonly validate: boolean;
  hasPayload(eventId: string): boolean;
  publish(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult>;
  report(error: MsbError): void;
}

/** Runs one call of a function, from the message to its response event. Never throws: failures are reported. */
export async function runCall(message: CallMessage, context: CallContext): Promise<void> {
  const { description, handler, publish, report } = context;
  let responded = false;
  const respond = (
    event: EventReference | string,
    value: unknown,
    options?: PublishOptions,
  ): Promise<PublishResult> => {
    responded = true;
    return publish(typeof event === "string" ? event : event.eventId, value, {
      cached: true,
      ...options,
      ...(message.correlationId === undefined ? {} : { correlationId: message.correlationId }),
    });
  };

  let call: FunctionCall;
  try {
    call = { ...decodeParameters(message, context), respond } as FunctionCall;
  } catch (error) {
    return report(error instanceof MsbError ? error : failed(description, error));
  }

  try {
    const result = await handler(call);
    const [only, ...others] = description.responseEventIds;
    if (only === undefined || others.length > 0) return;
    if (result !== undefined || (!responded && !context.hasPayload(only))) {
      // A failure to publish is reported by publish itself.
      await respond(only, result).catch(ignore);
    }
  } catch (error) {
    report(failed(description, error));
  }
}

function decodeParameters(
  message: CallMessage,
  { description, validate }: CallContext,
): Omit<FunctionCall, "respond"> {
  const { functionParameters, correlationId } = message;
  const { functionId, dataFormat, hasNamedParameters } = description;
  if (hasNamedParameters) {
    const parameters = dataFormat.decode(functionParameters, { validate }) as Readonly<
      Record<string, unknown>
    >;
    return { dataObject: undefined, parameters, correlationId, functionId };
  }
  if (dataFormat.json === undefined) {
    return { dataObject: undefined, parameters: functionParameters, correlationId, functionId };
  }
  const dataObject = dataFormat.decode(functionParameters["dataObject"], { validate });
  return { dataObject, parameters: { ...functionParameters, dataObject }, correlationId, functionId };
}

function failed(description: FunctionDescription, error: unknown): MsbError {
  const message = `The handler of function ${JSON.stringify(description.functionId)} failed: ${describeError(error)}.`;
  return new MsbError("HANDLER_FAILED", message, { cause: error });
}
