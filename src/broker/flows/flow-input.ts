import { isFlowDocument, readFlowDocument } from "./documents/flow-document.ts";
import type { FlowOrigin, NewFlow } from "./flow-store.ts";

/**
 * A flow as REST and the flows file take it: simple (`{ from, to, mapping?, name? }`) or a flow document of the MSB.
 * @throws {MsbDefinitionError} if a document cannot be used; simple flows are checked by the store.
 */
export function readFlowInput(value: unknown, origin: FlowOrigin, deployed: boolean): NewFlow {
  const name = nameOf(value);
  if (isFlowDocument(value)) {
    return { origin, deployed, name, flows: readFlowDocument(value), document: value };
  }
  return { origin, deployed, name, flows: [value] };
}

function nameOf(value: unknown): string | undefined {
  const name: unknown =
    typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
  return typeof name === "string" && name !== "" ? name : undefined;
}
