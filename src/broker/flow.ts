import * as z from "zod/mini";
import { MsbDefinitionError } from "../errors.ts";
import { toIssues } from "./issues.ts";

/** Every event `from` becomes a call of the function `to`; the event's value is the function's `dataObject`. */
export interface Flow {
  readonly from: { readonly uuid: string; readonly eventId: string };
  readonly to: { readonly uuid: string; readonly functionId: string };
}

const id = z.string("must be a text").check(z.minLength(1, "must not be empty"));
const flowSchema = z.object(
  {
    from: z.object({ uuid: id, eventId: id }, "must be an object { uuid, eventId }"),
    to: z.object({ uuid: id, functionId: id }, "must be an object { uuid, functionId }"),
  },
  "must be an object { from, to }",
);

/** A checked copy of a flow. @throws {MsbDefinitionError} naming everything that is wrong. */
export function readFlow(value: unknown): Flow {
  const result = flowSchema.safeParse(value);
  if (!result.success) {
    throw new MsbDefinitionError("The flow cannot be used", toIssues(result.error));
  }
  return result.data;
}

/** The flows of a broker, found by the event they start with. */
export class FlowTable {
  readonly #bySource = new Map<string, Flow[]>();

  /** Adding the same flow twice has no effect: an event never becomes two equal calls. */
  add(flow: Flow): void {
    const key = sourceKey(flow.from.uuid, flow.from.eventId);
    const flows = this.#bySource.get(key) ?? [];
    if (!flows.some((other) => sameTarget(other, flow))) {
      this.#bySource.set(key, [...flows, flow]);
    }
  }

  /** Removes the flow with the same ends, and tells whether there was one. */
  remove(flow: Flow): boolean {
    const key = sourceKey(flow.from.uuid, flow.from.eventId);
    const flows = this.#bySource.get(key) ?? [];
    const rest = flows.filter((other) => !sameTarget(other, flow));
    if (rest.length === 0) {
      this.#bySource.delete(key);
    } else {
      this.#bySource.set(key, rest);
    }
    return rest.length < flows.length;
  }

  from(uuid: string, eventId: string): readonly Flow[] {
    return this.#bySource.get(sourceKey(uuid, eventId)) ?? [];
  }

  /** Whether any flow ends at this service. */
  endsAt(uuid: string): boolean {
    return this.list().some((flow) => flow.to.uuid === uuid);
  }

  list(): readonly Flow[] {
    return [...this.#bySource.values()].flat();
  }
}

function sameTarget(a: Flow, b: Flow): boolean {
  return a.to.uuid === b.to.uuid && a.to.functionId === b.to.functionId;
}

/** JSON, because both ids are any text and no separator is safe. */
function sourceKey(uuid: string, eventId: string): string {
  return JSON.stringify([uuid, eventId]);
}
