import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";
import type { DataFormatJson } from "../data-format/index.ts";
import { Configuration, type ParameterJson } from "./configuration.ts";
import type { CheckedEvent } from "./event.ts";
import type { CheckedFunction } from "./function.ts";
import { checkIdentity, type Identity, type ServiceType } from "./identity.ts";

/** The JSON that a service registers with. Source: docs/reference/protocol.md#the-self-description. */
export interface SelfDescriptionJson {
  readonly "@class": ServiceType;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly token: string;
  readonly events: readonly EventJson[];
  readonly functions: readonly FunctionJson[];
  readonly configuration: { readonly parameters: Readonly<Record<string, ParameterJson>> };
  /** The services behind a gateway; of gateways only. */
  readonly services?: readonly SelfDescriptionJson[];
}

/** An event in the self-description. */
export interface EventJson {
  /** Counts from 1 in the order of adding. */
  readonly "@id": number;
  readonly eventId: string;
  readonly name: string;
  readonly description: string;
  readonly dataFormat?: DataFormatJson;
}

/** A function in the self-description. */
export interface FunctionJson {
  readonly functionId: string;
  readonly name: string;
  readonly description: string;
  readonly dataFormat?: DataFormatJson;
  /** The `@id`s of events. */
  readonly responseEvents?: readonly number[];
}

/** What one service says about itself. Pure data: nothing here knows of connections. */
export class SelfDescription {
  readonly identity: Identity;
  readonly configuration = new Configuration();
  // Made for what is added first.
  #events: Map<string, CheckedEvent> | undefined;
  #functions: Map<string, CheckedFunction> | undefined;
  #services: Map<string, SelfDescription> | undefined;

  /** @throws {MsbDefinitionError} */
  constructor(identity: Identity) {
    this.identity = checkIdentity(identity);
  }

  /** @throws {MsbDefinitionError} if the id is taken. */
  addEvent(event: CheckedEvent): void {
    this.#events ??= new Map();
    if (this.#events.has(event.eventId)) {
      throw duplicate("Event", "eventId", event.eventId);
    }
    this.#events.set(event.eventId, event);
  }

  /** @throws {MsbDefinitionError} if the id is taken. */
  addFunction(description: CheckedFunction): void {
    this.#functions ??= new Map();
    if (this.#functions.has(description.functionId)) {
      throw duplicate("Function", "functionId", description.functionId);
    }
    this.#functions.set(description.functionId, description);
  }

  /** No function names it as a response. */
  removeEvent(eventId: string): void {
    this.#events?.delete(eventId);
  }

  removeFunction(functionId: string): void {
    this.#functions?.delete(functionId);
  }

  /** @throws {MsbDefinitionError} if this is not a gateway, the other one is, or the uuid is taken. */
  addService(service: SelfDescription): void {
    const { uuid, type } = service.identity;
    const issues: MsbIssue[] = [];
    if (this.identity.type !== "Gateway") {
      issues.push({
        path: "",
        message: `only a Gateway holds services, and this client is of type ${this.identity.type}`,
      });
    }
    if (type === "Gateway") {
      issues.push({ path: "type", message: "a Gateway cannot be behind another one" });
    }
    if (uuid === this.identity.uuid || this.#services?.has(uuid) === true) {
      issues.push({
        path: "uuid",
        message: `${JSON.stringify(uuid)} is taken; each service has one of its own`,
      });
    }
    if (issues.length > 0) {
      throw new MsbDefinitionError(`Service ${JSON.stringify(uuid)}`, issues);
    }
    this.#services ??= new Map();
    this.#services.set(uuid, service);
  }

  event(eventId: string): CheckedEvent | undefined {
    return this.#events?.get(eventId);
  }

  /** Whether a function has exactly this id. */
  hasFunction(functionId: string): boolean {
    return this.#functions?.has(functionId) === true;
  }

  /** Finds a function as a call names it: exactly, or without the one leading slash that an MSB may add. */
  function(functionId: string): CheckedFunction | undefined {
    return (
      this.#functions?.get(functionId) ??
      (functionId.startsWith("/") ? this.#functions?.get(functionId.slice(1)) : undefined)
    );
  }

  toJSON(): SelfDescriptionJson {
    const { type, uuid, name, description, token } = this.identity;
    const events = [...(this.#events?.values() ?? [])];
    const ids = new Map(events.map(({ eventId }, index) => [eventId, index + 1]));
    return {
      "@class": type,
      uuid,
      name,
      description,
      token,
      events: events.map((event, index) => ({
        "@id": index + 1,
        eventId: event.eventId,
        name: event.name,
        description: event.description,
        ...formatJson(event.dataFormat.json),
      })),
      functions: [...(this.#functions?.values() ?? [])].map((checked) => ({
        functionId: checked.functionId,
        name: checked.name,
        description: checked.description,
        ...formatJson(checked.dataFormat.json),
        ...(checked.responseEventIds.length === 0
          ? {}
          : { responseEvents: checked.responseEventIds.map((eventId) => ids.get(eventId) ?? 0) }),
      })),
      configuration: this.configuration.toJSON(),
      ...(type === "Gateway"
        ? { services: [...(this.#services?.values() ?? [])].map((service) => service.toJSON()) }
        : {}),
    };
  }
}

function formatJson(json: DataFormatJson | undefined): { dataFormat?: DataFormatJson } {
  return json === undefined ? {} : { dataFormat: json };
}

function duplicate(kind: string, field: string, id: string): MsbDefinitionError {
  return new MsbDefinitionError(`${kind} ${JSON.stringify(id)}`, [
    { path: field, message: `${JSON.stringify(id)} was added already; choose another one` },
  ]);
}
