import type { RegisteredService } from "./api.ts";
import type { DescribedService } from "./self-description.ts";
import type { Connection } from "./transport/connection.ts";

/** A registered service with what the broker asks of it for each message. */
export interface Registration {
  readonly service: RegisteredService;
  readonly connection: Connection;
  readonly eventIds: ReadonlySet<string>;
  readonly functionIds: ReadonlySet<string>;
}

/** Which services are registered, and on which connection. */
export class Registry {
  readonly #registrations = new Map<string, Registration>();
  readonly #services = new Map<string, RegisteredService>();

  /** A live view. */
  get services(): ReadonlyMap<string, RegisteredService> {
    return this.#services;
  }

  get(uuid: string): Registration | undefined {
    return this.#registrations.get(uuid);
  }

  /** The first of these services that is registered on another connection. */
  findElsewhere(connection: Connection, services: readonly DescribedService[]): string | undefined {
    return services
      .map(({ selfDescription }) => selfDescription.uuid)
      .find((uuid) => {
        const owner = this.#registrations.get(uuid)?.connection;
        return owner !== undefined && owner !== connection;
      });
  }

  /** Registers all services of one registration, and forgets those that the same gateway brought before. */
  register(connection: Connection, services: readonly DescribedService[], now: number): Registration[] {
    const root = services[0]?.selfDescription.uuid;
    const previous = this.#of(connection).filter(({ service }) => service.gateway === root);
    for (const { service } of previous) {
      this.#delete(service.uuid);
    }
    return services.map((described) => this.#add(connection, described, now));
  }

  /** Forgets the services of a connection, and returns their uuids. */
  remove(connection: Connection): string[] {
    const uuids = this.#of(connection).map(({ service }) => service.uuid);
    for (const uuid of uuids) {
      this.#delete(uuid);
    }
    return uuids;
  }

  #of(connection: Connection): Registration[] {
    return [...this.#registrations.values()].filter((registration) => registration.connection === connection);
  }

  #add(connection: Connection, { selfDescription, gateway }: DescribedService, now: number): Registration {
    const service: RegisteredService = {
      uuid: selfDescription.uuid,
      name: selfDescription.name,
      type: selfDescription["@class"],
      selfDescription,
      gateway,
      connectionId: connection.id,
      framing: connection.framing,
      registeredAt: now,
    };
    const registration: Registration = {
      service,
      connection,
      eventIds: new Set((selfDescription.events ?? []).map(({ eventId }) => eventId)),
      functionIds: new Set((selfDescription.functions ?? []).map(({ functionId }) => functionId)),
    };
    this.#registrations.set(service.uuid, registration);
    this.#services.set(service.uuid, service);
    return registration;
  }

  #delete(uuid: string): void {
    this.#registrations.delete(uuid);
    this.#services.delete(uuid);
  }
}
