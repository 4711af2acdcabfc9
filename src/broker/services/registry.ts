import { clip, quote } from "../../support/clip.ts";
import { MsbError } from "../../support/errors.ts";
import {
  heapSize,
  ITEM_OVERHEAD,
  MAX_SERVICES,
  MAX_SERVICES_PER_CONNECTION,
  MAX_SERVICES_SIZE,
  MAX_SUMMARY_TEXT,
} from "../support/limits.ts";
import type { Connection } from "../transport/connection.ts";
import type { RegisteredService } from "./registered-service.ts";
import type { ServiceToRegister } from "./self-description.ts";

/** What an id takes in a set, besides its characters. */
const ID_OVERHEAD = 100;

/** A registered service with what the broker asks of it for each message. */
export interface Registration {
  readonly service: RegisteredService;
  readonly connection: Connection;
  readonly eventIds: ReadonlySet<string>;
  readonly functionIds: ReadonlySet<string>;
  /** The secret of its self-description. */
  readonly token: string | undefined;
  /** What it takes in the heap. */
  readonly size: number;
}

/** Which services are registered, and on which connection. */
export class Registry {
  readonly #registrations = new Map<string, Registration>();
  readonly #services = new Map<string, RegisteredService>();
  readonly #byConnection = new Map<Connection, Set<string>>();
  #size = 0;

  /** A live view. */
  get services(): ReadonlyMap<string, RegisteredService> {
    return this.#services;
  }

  get(uuid: string): Registration | undefined {
    return this.#registrations.get(uuid);
  }

  /** @throws {MsbError} `NOT_REGISTERED` */
  require(uuid: string): Registration {
    const registration = this.#registrations.get(uuid);
    if (registration === undefined) {
      throw new MsbError("NOT_REGISTERED", `No service ${quote(uuid)} is registered at this broker.`, {
        remedy: "Wait until its register() has resolved.",
      });
    }
    return registration;
  }

  /** Those of these services that are registered on another connection. */
  findElsewhere(connection: Connection, services: readonly ServiceToRegister[]): Registration[] {
    return services.flatMap(({ selfDescription }) => {
      const owner = this.#registrations.get(selfDescription.uuid);
      return owner === undefined || owner.connection === connection ? [] : [owner];
    });
  }

  /** Why these services cannot be registered besides those that are; `undefined` if there is room. */
  findExcess(connection: Connection, services: readonly ServiceToRegister[]): string | undefined {
    // Those that they take the place of leave room.
    const known = services.flatMap(({ selfDescription: { uuid } }) => this.#registrations.get(uuid) ?? []);
    const own = known.filter((registration) => registration.connection === connection).length;
    const onConnection = (this.#byConnection.get(connection)?.size ?? 0) - own + services.length;
    const size = sum(services.map(sizeOf)) - sum(known.map((registration) => registration.size));
    if (onConnection > MAX_SERVICES_PER_CONNECTION) {
      return `more than ${MAX_SERVICES_PER_CONNECTION} services on one connection`;
    }
    if (this.#services.size - known.length + services.length > MAX_SERVICES) {
      return `${MAX_SERVICES} services are registered already`;
    }
    if (this.#size + size > MAX_SERVICES_SIZE) {
      return `the self-descriptions of all services take more than ${MAX_SERVICES_SIZE} bytes`;
    }
    return undefined;
  }

  /**
   * Registers all services of one registration, and forgets those that the same gateway brought before.
   * @returns the registrations, and the uuids that are not registered any more.
   */
  register(
    connection: Connection,
    services: readonly ServiceToRegister[],
    now: number,
  ): { registrations: Registration[]; gone: string[] } {
    const root = services[0]?.selfDescription.uuid;
    const previous = [...(this.#byConnection.get(connection) ?? [])].filter(
      (uuid) => this.#services.get(uuid)?.gateway === root,
    );
    for (const uuid of previous) {
      this.remove(uuid);
    }
    const registrations = services.map((service) => this.#add(connection, service, now));
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
    const registration = this.#registrations.get(uuid);
    if (registration === undefined) {
      return;
    }
    const { connection, size } = registration;
    this.#registrations.delete(uuid);
    this.#services.delete(uuid);
    this.#size -= size;
    const uuids = this.#byConnection.get(connection);
    uuids?.delete(uuid);
    if (uuids?.size === 0) {
      this.#byConnection.delete(connection);
    }
  }

  #add(connection: Connection, added: ServiceToRegister, now: number): Registration {
    const { events, functions, token } = added.selfDescription;
    const service = toRegisteredService(connection, added, now);
    const registration: Registration = {
      service,
      connection,
      eventIds: new Set((events ?? []).map(({ eventId }) => eventId)),
      functionIds: new Set((functions ?? []).map(({ functionId }) => functionId)),
      token: token ?? undefined,
      size: sizeOf(added),
    };
    this.remove(service.uuid);
    this.#size += registration.size;
    this.#registrations.set(service.uuid, registration);
    this.#services.set(service.uuid, service);
    const uuids = this.#byConnection.get(connection) ?? new Set<string>();
    this.#byConnection.set(connection, uuids.add(service.uuid));
    return registration;
  }
}

/** Keeps the JSON only: parsed, a self-description takes up to twenty times as much. */
function toRegisteredService(
  connection: Connection,
  { selfDescription, json, gateway }: ServiceToRegister,
  registeredAt: number,
): RegisteredService {
  return {
    uuid: selfDescription.uuid,
    name: selfDescription.name,
    type: selfDescription["@class"],
    description: clip(selfDescription.description ?? "", MAX_SUMMARY_TEXT),
    counts: {
      events: selfDescription.events?.length ?? 0,
      functions: selfDescription.functions?.length ?? 0,
      parameters: Object.keys(selfDescription.configuration?.parameters ?? {}).length,
    },
    get selfDescription() {
      return JSON.parse(json);
    },
    gateway,
    connectionId: connection.id,
    framing: connection.framing,
    registeredAt,
  };
}

/** Its JSON, what is taken out of it, and the sets of ids. */
function sizeOf({ json, selfDescription: { events, functions } }: ServiceToRegister): number {
  const ids = (events?.length ?? 0) + (functions?.length ?? 0);
  return 2 * heapSize(json) + ids * ID_OVERHEAD + 2 * ITEM_OVERHEAD;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
