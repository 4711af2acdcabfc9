import { nameOf, state } from "../data/broker-state.ts";
import type { ActiveFaults, AnsweredKind } from "../data/types.ts";
import { isolate } from "../format/isolate.ts";

/** A fault in force, in words. */
export interface DescribedFault {
  readonly description: string;
  /** The request that ends it; `undefined` if only all can be ended. */
  readonly end: object | undefined;
}

export const MESSAGES: Readonly<Record<AnsweredKind, string>> = {
  R: "registrations (R)",
  E: "events (E)",
};

export function describeFaults({ delay, refusals, silences, halfOpen }: ActiveFaults): DescribedFault[] {
  const of = (uuid: string | undefined) => (uuid === undefined ? "all services" : isolate(nameOf(uuid)));
  return [
    ...(delay === 0
      ? []
      : [{ description: `Everything is sent ${delay} ms late`, end: { type: "delay", milliseconds: 0 } }]),
    ...silences.map(({ kind, uuid }) => ({
      description: `The ${MESSAGES[kind]} of ${of(uuid)} are not acknowledged`,
      end: { type: "resumeAcknowledging", kind, uuid },
    })),
    ...refusals.map(({ kind, reply, remaining, uuid }) => ({
      description: `The next ${remaining === 1 ? "" : `${remaining} `}${MESSAGES[kind]} of ${of(uuid)} ${remaining === 1 ? "is" : "are"} refused with ${reply}`,
      end: undefined,
    })),
    ...halfOpen.map((id) => ({
      description: `The connection ${id}${namesOn(id)} is half-open`,
      end: undefined,
    })),
  ];
}

function namesOn(connectionId: string): string {
  const uuids = state.value?.connections.find(({ id }) => id === connectionId)?.uuids ?? [];
  return uuids.length === 0 ? "" : ` (${uuids.map((uuid) => isolate(nameOf(uuid))).join(", ")})`;
}
