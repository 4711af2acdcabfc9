import { request, servicePath, withJson } from "../data/api.ts";
import { nameOf } from "../data/broker-state.ts";
import type { TraceEntry } from "../data/types.ts";
import { membersOf, sourceOf, splitMessage, treeOf } from "./json-text.ts";

/** Whether there is something that can be sent again: an event of a service, or a call. */
export function canBeSentAgain({ kind, uuid, name }: TraceEntry): boolean {
  return (kind === "E" || kind === "C") && uuid !== undefined && name !== undefined;
}

/**
 * Publishes an event again as its service, or calls a function again: with the same values, digit for digit.
 * @param text the whole message.
 * @returns what was done.
 */
export async function sendAgain({ kind, uuid = "", name = "" }: TraceEntry, text: string): Promise<string> {
  const { json } = splitMessage(text);
  const members = membersOf(treeOf(json));
  const rawOf = (member: string) => {
    const node = members.get(member);
    return node === undefined || node.type === "null" ? undefined : sourceOf(json, node);
  };
  const body = (fields: object, member: string, value: string | undefined) =>
    value === undefined ? fields : withJson(fields, member, value);
  if (kind === "C") {
    // With a correlation id of its own, so that its answer is not taken for the first one. It has been sent once as it is.
    const fields = { functionId: name, check: false };
    const parameters = rawOf("functionParameters") ?? "{}";
    await request("POST", servicePath(uuid, "/call"), body(fields, "parameters", parameters));
    return `Called ${name} of ${nameOf(uuid)} again.`;
  }
  const priority = members.get("priority")?.value;
  const fields = {
    eventId: name,
    priority: [0, 1, 2].includes(priority) ? priority : undefined,
    correlationId: members.get("correlationId")?.value ?? undefined,
  };
  await request("POST", servicePath(uuid, "/event"), body(fields, "value", rawOf("dataObject")));
  return `Published ${name} again as ${nameOf(uuid)}.`;
}
