import { formatPath } from "../../core/validation/path.ts";
import { addIssue, checkDataFormat, type Findings } from "./data-format-check.ts";
import type { SelfDescription } from "./self-description-types.ts";

/** What a schema cannot say: unique ids, response events that exist, data formats, services only in a gateway. */
export function checkRules(service: SelfDescription, path: string, findings: Findings): void {
  const { issues } = findings;
  const report = (at: readonly PropertyKey[], message: string) =>
    addIssue(issues, { path: formatPath(path, at), message });

  const events = service.events ?? [];
  const eventIds = new Set<string>();
  const references = new Set<number>();
  for (const [index, event] of events.entries()) {
    if (eventIds.has(event.eventId)) {
      report(["events", index, "eventId"], `${JSON.stringify(event.eventId)} occurs twice`);
    }
    eventIds.add(event.eventId);
    const reference = event["@id"];
    if (reference !== undefined) {
      if (references.has(reference)) {
        report(["events", index, "@id"], `${reference} occurs twice`);
      }
      references.add(reference);
    }
    checkDataFormat(event.dataFormat, "event", formatPath(path, ["events", index, "dataFormat"]), findings);
  }

  const functionIds = new Set<string>();
  for (const [index, fn] of (service.functions ?? []).entries()) {
    if (functionIds.has(fn.functionId)) {
      report(["functions", index, "functionId"], `${JSON.stringify(fn.functionId)} occurs twice`);
    }
    functionIds.add(fn.functionId);
    for (const [at, reference] of (fn.responseEvents ?? []).entries()) {
      if (!references.has(reference)) {
        report(["functions", index, "responseEvents", at], `no event has the @id ${reference}`);
      }
    }
    const at = formatPath(path, ["functions", index, "dataFormat"]);
    checkDataFormat(fn.dataFormat, "function", at, findings);
  }

  if (service["@class"] !== "Gateway" && (service.services?.length ?? 0) > 0) {
    report(["services"], `only a Gateway has services, this is a ${service["@class"]}`);
  }
}
