import type { CheckedFunction } from "../../core/self-description/index.ts";
import { mustBe } from "../../core/validation/describe-value.ts";
import { throwIssues } from "../../core/validation/issues.ts";
import { memberOf } from "../../core/validation/path.ts";
import type { MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import type { AnyHandler } from "../calls.ts";
import type { AnyContract, ContractService } from "./contract.ts";
import { findTaken } from "./taken.ts";
import type { Device } from "./types.ts";

/** Adds all of a contract to a service, or nothing. @throws {MsbDefinitionError} listing everything that is wrong. */
export function implementContract<C extends AnyContract>(
  service: ContractService,
  contract: C,
  handlers: unknown,
): Device<C> {
  const { events, functions, parameters } = contract.checked;
  const found = isRecord(handlers) ? handlers : {};
  throwIssues("implement()", [
    ...findTaken(service.selfDescription, [
      ["events", events.map(({ eventId }) => eventId)],
      ["functions", functions.map(({ functionId }) => functionId)],
      ["parameters", parameters.map(({ name }) => name)],
    ]),
    ...findHandlerIssues(handlers, functions),
  ]);
  return {
    contract,
    events: byKey(
      events,
      ({ eventId }) => eventId,
      (event) => service.addCheckedEvent(event),
    ),
    functions: byKey(
      functions,
      ({ functionId }) => functionId,
      (description) =>
        service.addCheckedFunction(description, handlerOf(found, description.functionId) as AnyHandler),
    ),
    parameters: byKey(
      parameters,
      ({ name }) => name,
      (parameter) => service.addConfigParameter(parameter.name, parameter.value as never, parameter.type),
    ),
  } as unknown as Device<C>;
}

function findHandlerIssues(handlers: unknown, functions: readonly CheckedFunction[]): MsbIssue[] {
  if (handlers !== undefined && !isRecord(handlers)) {
    return [{ path: "handlers", message: mustBe("an object with a handler for each function", handlers) }];
  }
  const given = handlers ?? {};
  const ids = functions.map(({ functionId }) => functionId);
  return [
    ...ids.flatMap((id) => findHandlerIssue(memberOf("handlers", id), handlerOf(given, id))),
    ...Object.keys(given)
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        path: memberOf("handlers", id),
        message: "there is no such function in the contract",
      })),
  ];
}

/** What every object has by itself, such as `constructor`, is no handler. */
function handlerOf(handlers: Readonly<Record<string, unknown>>, functionId: string): unknown {
  return Object.hasOwn(handlers, functionId) || !(functionId in {}) ? handlers[functionId] : undefined;
}

function findHandlerIssue(path: string, handler: unknown): MsbIssue[] {
  if (typeof handler === "function") {
    return [];
  }
  const message = handler === undefined ? "is missing: the function to run" : mustBe("a function", handler);
  return [{ path, message }];
}

function byKey<Checked, Added>(
  all: readonly Checked[],
  keyOf: (checked: Checked) => string,
  add: (checked: Checked) => Added,
): Readonly<Record<string, Added>> {
  return Object.fromEntries(all.map((checked) => [keyOf(checked), add(checked)]));
}
