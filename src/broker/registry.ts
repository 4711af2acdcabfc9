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
  readonly #byConnection = new Map<Connection, Set<string>>();

  /** A live view. */
  get services(): ReadonlyMap<string, RegisteredService> {
    return this.#services;
  }

  get(uuid: string): Registration | undefined {
    return this.#registrations.get(uuid);
  }

  /** Those of these services that are registered on another connection. */
  findElsewhere(connection: Connection, services: readonly DescribedService[]): Registration[] {
    return services.flatMap(({ selfDescription }) => {
      const owner = this.#registrations.get(selfDescription.uuid);
      return owner === undefined || owner.connection === connection ? [] : [owner];
    });
  }

  /**
   * Registers all services of one registration, and forgets those that the same gateway brought before.
   * @returns the registrations, and the uuids that are not registered any more.
   */
  register(
    connection: Connection,
    services: readonly DescribedService[],
    now: number,
  ): { registrations: Registration[]; gone: string[] } {
    const root = services[0]?.selfDescription.uuid;
    const previous = [...(this.#byConnection.get(connection) ?? [])].filter(
      (uuid) => this.#services.get(uuid)?.gateway === root,
    );
    for (const uuid of previous) {
      this.remove(uuid);
    }
    const registrations = services.map((described) => this.#add(connection, described, now));
    return { registrations, gone: previous.filter((uuid) => !this.#registrations.has(uuid)) };
  }

  /** Forgets the services of a connection, and returns their uuids. */
  removeConnection(connection: Connection): string[] {
    const uuids = [...(this.#byConnection.get(connection) ?? [])];
    for (const uuid of uuids) {
      this.remove(uuid);
    }
    return uuids;
  }

  /** The services that are registered on a connection, by its id. */
  uuidsOf(connection: Connection): readonly string[] {
    return [...(this.#byConnection.get(connection) ?? [])];
  }

  remove(uuid: string): void {
    const connection = this.#registrations.get(uuid)?.connection;
    if (connection !== undefined) {
      const uuids = this.#byConnection.get(connection);
      uuids?.delete(uuid);
      if (uuids?.size === 0) {
        this.#byConnection.delete(connection);
      }
    }
    this.#registrations.delete(uuid);
    this.#services.delete(uuid);
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
    const uuids = this.#byConnection.get(connection) ?? new Set<string>();
    this.#byConnection.set(connection, uuids.add(service.uuid));
    return registration;
  }
}
