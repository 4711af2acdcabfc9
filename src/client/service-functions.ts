import type { CallMessage } from "../core/codec/index.ts";
import { type CheckedFunction, checkHandler, type SelfDescription } from "../core/self-description/index.ts";
import { quote } from "../support/clip.ts";
import { MsbError } from "../support/errors.ts";
import { type AnyHandler, type CalledFunction, type OnUnreadable, runCall } from "./calls.ts";
import { MsbFunction } from "./function-handle.ts";
import type { PublishResult } from "./publication.ts";
import type { PublishOptions } from "./publish-options.ts";
import type { ServiceHost } from "./service-host.ts";

/** What functions need of the service that they belong to. */
interface FunctionsOwner {
  readonly uuid: string;
  readonly selfDescription: SelfDescription;
  publishById(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult>;
}

/** The functions of a service, and the calls that come for them. */
export class ServiceFunctions {
  readonly #owner: FunctionsOwner;
  readonly #host: ServiceHost;
  readonly #functions = new Map<string, CalledFunction>();

  constructor(owner: FunctionsOwner, host: ServiceHost) {
    this.#owner = owner;
    this.#host = host;
  }

  get uuid(): string {
    return this.#owner.uuid;
  }

  /** @param onUnreadable of the functions of a counterpart, which take the events of a machine in */
  add(checked: CheckedFunction, handler: AnyHandler, onUnreadable: OnUnreadable | undefined): MsbFunction {
    this.#owner.selfDescription.addFunction(checked);
    const context = this.#contextOf(checked, handler, onUnreadable);
    this.#functions.set(checked.functionId, context);
    this.#host.selfDescriptionChanged();
    return new MsbFunction(this, context);
  }

  replaceHandler(context: CalledFunction, handler: AnyHandler): void {
    const { functionId } = context.description;
    checkHandler(functionId, handler);
    if (this.#functions.get(functionId) !== context) {
      throw new MsbError("UNKNOWN_FUNCTION", `The function ${quote(functionId)} was removed.`, {
        remedy: "Add it again with addFunction().",
      });
    }
    context.handler = handler;
  }

  removeFunction(context: CalledFunction): void {
    const { functionId } = context.description;
    // Another one may have been added under its id.
    if (this.#functions.get(functionId) === context) {
      this.#functions.delete(functionId);
      this.#owner.selfDescription.removeFunction(functionId);
      this.#host.selfDescriptionChanged();
    }
  }

  /** Runs the function that a call names. @returns whether there is one */
  handleCall(message: CallMessage): boolean {
    const description = this.#owner.selfDescription.function(message.functionId);
    const context = description && this.#functions.get(description.functionId);
    if (description === undefined || context === undefined) {
      return false;
    }
    const { functionId } = description;
    if (context.onUnreadable !== undefined) {
      // An event of a machine: handlers may wait for it as the answer to their call, so that it cannot wait for them.
      void runCall(message, context);
    } else {
      this.#host.runCall({ functionId, size: message.size, run: () => runCall(message, context) });
    }
    return true;
  }

  /** What the calls of a function have in common. */
  #contextOf(
    description: CheckedFunction,
    handler: AnyHandler,
    onUnreadable: OnUnreadable | undefined,
  ): CalledFunction {
    const owner = this.#owner;
    return {
      uuid: owner.uuid,
      description,
      handler,
      middleware: () => this.#host.middleware,
      validate: () => this.#host.settings.dataFormatValidation,
      hasPayload: (eventId) => owner.selfDescription.event(eventId)?.dataFormat.json !== undefined,
      publish: (eventId, value, options) => owner.publishById(eventId, value, options),
      report: (error) => this.#host.report(error),
      onUnreadable,
    };
  }
}
