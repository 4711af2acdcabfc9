import { type Deferred, deferred } from "./deferred.ts";

/**
 * Why an R is sent: `requested` by register(), an `update` because the self-description changed, or `automatic` after a
 * reconnect, when nobody waits for it. A refusal of the first is its caller's; the others are tried again.
 */
export type RegistrationReason = "requested" | "update" | "automatic";

interface PendingRegistration extends Deferred<void> {
  readonly reason: RegistrationReason;
}

/** Who waits for which IO_REGISTERED. The replies carry no id: the first one answers the first R. */
export class Registration {
  /** Whether to register again after a reconnect. */
  wanted = false;
  #afterConnect: Deferred<void> | undefined;
  readonly #unanswered: PendingRegistration[] = [];

  get pending(): number {
    return this.#unanswered.length;
  }

  /** Settled by the registration that follows the next IO_CONNECTED. */
  whenConnected(): Promise<void> {
    this.#afterConnect ??= deferred();
    return this.#afterConnect.promise;
  }

  /** An R is sent: its reply settles the promise, and everybody who waited for the connection. */
  sent(reason: RegistrationReason): Promise<void> {
    const waiting = this.#afterConnect;
    this.#afterConnect = undefined;
    const reply = {
      ...(waiting ?? deferred()),
      reason: waiting === undefined ? reason : "requested",
    } as const;
    this.#unanswered.push(reply);
    return reply.promise;
  }

  /** Takes off the oldest R without an answer. */
  answered(): PendingRegistration | undefined {
    return this.#unanswered.shift();
  }

  /** The connection broke, and another one will be made: its registration answers the requests that are open. */
  connectionLost(): void {
    for (const reply of this.#unanswered.splice(0)) this.retry(reply);
  }

  /** The registration after the next IO_CONNECTED answers this one too. */
  retry(reply: PendingRegistration): void {
    if (reply.reason !== "automatic") this.whenConnected().then(reply.resolve, reply.reject);
  }

  /** No connection will follow. */
  close(error: unknown): void {
    this.wanted = false;
    for (const reply of this.#unanswered.splice(0)) reply.reject(error);
    this.#afterConnect?.reject(error);
    this.#afterConnect = undefined;
  }
}
