import { quote } from "../../support/clip.ts";
import { MsbError } from "../../support/errors.ts";
import { MAX_SERVICES, MAX_SERVICES_SIZE } from "../support/limits.ts";
import type { KnownService, LifecycleState, RegisteredService } from "./registered-service.ts";
import type { Registration } from "./registry.ts";
import { ServiceCounters } from "./service-counters.ts";
import type { Tokens } from "./tokens.ts";

interface Remembered {
  readonly service: RegisteredService;
  readonly token: string | undefined;
  readonly size: number;
  readonly counters: ServiceCounters;
  connected: boolean;
  lastSeen: number;
}

/** Every service that has registered, also after it has gone; of those that are gone, the ones seen last. */
export class ServiceDirectory {
  readonly #tokens: Tokens;
  // In the order in which they were seen last.
  readonly #services = new Map<string, Remembered>();
  #size = 0;
  #revision = 0;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** Counts the changes. */
  get revision(): number {
    return this.#revision;
  }

  /** @returns whether it was here before, on another connection. */
  registered({ service, token, size }: Registration): boolean {
    const before = this.#services.get(service.uuid);
    // A service that changes its parameters registers again on the same connection.
    const isBack = before !== undefined && before.service.connectionId !== service.connectionId;
    const counters = before?.counters ?? new ServiceCounters();
    counters.registrations += 1;
    counters.reconnects += isBack ? 1 : 0;
    this.#put({ service, token, size, counters, connected: true, lastSeen: Date.now() });
    return isBack;
  }

  /** What a service has sent; `undefined` if it has never registered. */
  countersOf(uuid: string): ServiceCounters | undefined {
    return this.#services.get(uuid)?.counters;
  }

  disconnected(uuid: string): void {
    const remembered = this.#services.get(uuid);
    if (remembered !== undefined) {
      this.#put({ ...remembered, connected: false, lastSeen: Date.now() });
    }
  }

  forget(uuid: string): boolean {
    const remembered = this.#services.get(uuid);
    if (remembered === undefined) {
      return false;
    }
    this.#size -= remembered.size;
    this.#revision += 1;
    return this.#services.delete(uuid);
  }

  get(uuid: string): KnownService | undefined {
    const remembered = this.#services.get(uuid);
    return remembered === undefined ? undefined : this.#toKnownService(remembered);
  }

  /** When a service registered, left or sent something last, in milliseconds since 1970. */
  lastSignOf(uuid: string): number {
    const { lastSeen = 0, counters } = this.#services.get(uuid) ?? {};
    return Math.max(lastSeen, counters?.lastMessage ?? 0);
  }

  /** @throws {MsbError} `NOT_REGISTERED` */
  require(uuid: string): KnownService {
    const known = this.get(uuid);
    if (known === undefined) {
      throw new MsbError("NOT_REGISTERED", `No service ${quote(uuid)} was ever registered at this broker.`, {
        remedy: "Register it once, so that its self-description is known.",
      });
    }
    return known;
  }

  list(): KnownService[] {
    return [...this.#services.values()].map((remembered) => this.#toKnownService(remembered));
  }

  /** A token has been verified, which can change the state of services. */
  touch(): void {
    this.#revision += 1;
  }

  #put(remembered: Remembered): void {
    this.forget(remembered.service.uuid);
    this.#services.set(remembered.service.uuid, remembered);
    this.#size += remembered.size;
    this.#revision += 1;
    this.#prune();
  }

  /** Forgets those that are gone, the one seen longest ago first, until the others fit. */
  #prune(): void {
    for (const [uuid, { connected }] of this.#services) {
      if (this.#services.size <= MAX_SERVICES && this.#size <= MAX_SERVICES_SIZE) {
        return;
      }
      if (!connected) {
        this.forget(uuid);
      }
    }
  }

  #toKnownService({ service, connected, lastSeen }: Remembered): KnownService {
    return { service, connected, lastSeen, lifecycleState: this.#stateOf(service) };
  }

  /** The services of a gateway are vouched for by its token. */
  #stateOf({ uuid, gateway }: RegisteredService): LifecycleState {
    const token = this.#services.get(gateway ?? uuid)?.token;
    return this.#tokens.isVerified(token) ? "VERIFIED" : "REGISTRATED";
  }
}
