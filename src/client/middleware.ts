import type { Unsubscribe } from "../support/emitter.ts";
import { asMsbError, MsbError, type MsbErrorOptions, reasonOf } from "../support/errors.ts";
import { ignore } from "../support/ignore.ts";
import { ObservedPromise } from "../support/observed-promise.ts";
import type { UnheardFailures } from "../support/unheard-failures.ts";
import type { FunctionCall } from "./function.ts";
import type { PublishResult } from "./publication.ts";
import type { PublishContext, PublishMiddleware } from "./publish-context.ts";

/** A call of a function, with values that fit its data format: what the handler gets too. */
export interface CallContext extends FunctionCall {
  readonly kind: "call";
  /** The service that is called. */
  readonly uuid: string;
}

/** What middleware gets: an event that is being published, or a call of a function. */
export type MiddlewareContext = PublishContext | CallContext;

/**
 * Runs around every publish and every call; see {@link MsbClient.use}.
 * @param next goes on: to the next middleware, and at last to the event or the handler. Resolves to the {@link PublishResult}, or
 * to what the handler returned, once that is published
 */
export type Middleware = (context: MiddlewareContext, next: () => Promise<unknown>) => unknown;

/** What a client was given by `use()`. */
export class Middlewares implements PublishMiddleware {
  readonly #failures: UnheardFailures;
  /** Replaced, and never changed: what is under way goes through those that were there when it began. */
  #list: readonly Middleware[] = [];
  /** Of the events that no middleware has passed on yet: each until it is, or will never be. */
  readonly #held = new Set<Promise<void>>();

  constructor(failures: UnheardFailures) {
    this.#failures = failures;
  }

  add(middleware: Middleware): Unsubscribe {
    // A function of its own for each: the same one may be added twice, and removed once.
    const added: Middleware = (context, next) => middleware(context, next);
    this.#list = [...this.#list, added];
    return () => {
      this.#list = this.#list.filter((each) => each !== added);
    };
  }

  /** @returns rejects with what a middleware threw, or settles as the event does. */
  publish(context: PublishContext, publish: () => Promise<PublishResult>): Promise<PublishResult> {
    let isHeld = true;
    let release = ignore;
    const running = this.#run(context, () => {
      isHeld = false;
      release();
      return publish();
    });
    if (isHeld) {
      const held = new Promise<void>((resolve) => {
        release = resolve;
        running.then(
          () => resolve(),
          () => resolve(),
        );
      });
      this.#held.add(held);
      void held.then(() => this.#held.delete(held));
    }
    return this.#failures.follow(running as Promise<PublishResult>);
  }

  /** @returns rejects with what was not caught. */
  async call(context: CallContext, handle: () => Promise<unknown>): Promise<void> {
    await this.#run(context, handle);
  }

  /** Resolves when everything published so far is passed on, or will never be. */
  async passed(): Promise<void> {
    await Promise.all(this.#held);
  }

  #run(context: MiddlewareContext, innermost: () => Promise<unknown>): Promise<unknown> {
    const list = this.#list;
    const pass = async (index: number): Promise<unknown> => {
      const middleware = list[index];
      return middleware === undefined
        ? innermost()
        : this.#runOne(middleware, context, () => pass(index + 1));
    };
    return pass(0);
  }

  /** Runs at once up to the first thing that the middleware waits for, so that what is published stays in its order. */
  async #runOne(
    middleware: Middleware,
    context: MiddlewareContext,
    passOn: () => Promise<unknown>,
  ): Promise<unknown> {
    let isOver = false;
    let rest: Promise<unknown> | undefined;
    let told: ObservedPromise<unknown> | undefined;
    const next = (): Promise<unknown> => {
      if (isOver || rest !== undefined) {
        const when = rest === undefined ? "after it had ended" : "twice";
        return this.#failures.rejected(failed(context, `called next() ${when}`));
      }
      rest = passOn();
      told = observed(rest);
      return told;
    };
    let thrown: MsbError | undefined;
    try {
      await middleware(context, next);
    } catch (error) {
      thrown =
        error instanceof MsbError ? error : failed(context, `threw: ${reasonOf(error)}`, { cause: error });
    }
    isOver = true;
    if (rest === undefined) {
      throw thrown ?? failed(context, "ended without calling next()", { remedy: "Throw what it refuses." });
    }
    // Whether it awaited that or not: neither a handler nor a failure is left alone.
    const failure = await failureOf(rest);
    const isHeard = told?.isHeard === true;
    if (thrown !== undefined) {
      if (failure !== undefined && !isHeard) {
        this.#failures.report(failure);
      }
      throw thrown;
    }
    // What it caught of a call is dealt with. A publisher is told in any case: there is no result for it.
    if (failure !== undefined && (context.kind === "publish" || !isHeard)) {
      throw failure;
    }
    return failure === undefined ? rest : undefined;
  }
}

/** The same promise, of which can be asked whether anybody listens. */
function observed(promise: Promise<unknown>): ObservedPromise<unknown> {
  const made = new ObservedPromise<unknown>({ onHeard: ignore });
  promise.then(
    (result) => made.resolve({ result }),
    (error) => made.reject(error),
  );
  return made;
}

function failureOf(promise: Promise<unknown>): Promise<MsbError | undefined> {
  return promise.then(() => undefined, asMsbError);
}

function failed(context: MiddlewareContext, what: string, options?: MsbErrorOptions): MsbError {
  const where =
    context.kind === "publish"
      ? `the publishing of event ${JSON.stringify(context.eventId)}`
      : `a call of function ${JSON.stringify(context.functionId)}`;
  return new MsbError("MIDDLEWARE_FAILED", `A middleware around ${where} ${what}.`, options);
}
