import type { SelfDescription } from "../../core/self-description/index.ts";
import { memberOf } from "../../core/validation/path.ts";
import type { MsbIssue } from "../../support/errors.ts";

type Group = "events" | "functions" | "parameters";

/** An issue for each id that a service has already, in the order given. @param remedy what helps, if anything does */
export function findTaken(
  self: SelfDescription,
  groups: readonly (readonly [group: Group, ids: readonly string[]])[],
  remedy?: string,
): MsbIssue[] {
  const message = ["was added to this service already", ...(remedy === undefined ? [] : [remedy])].join("; ");
  const isTaken: Readonly<Record<Group, (id: string) => boolean>> = {
    events: (id) => self.event(id) !== undefined,
    functions: (id) => self.hasFunction(id),
    parameters: (name) => self.configuration.has(name),
  };
  return groups.flatMap(([group, ids]) =>
    ids.filter(isTaken[group]).map((id) => ({ path: memberOf(group, id), message })),
  );
}
