import { nameOf, state } from "../data/broker-state.ts";
import type { ActiveFaults, AnsweredKind } from "../data/types.ts";

/** A fault in force, in words. */
export interface FaultText {
  readonly text: string;
  /** How it ends by itself; `undefined` where only all can be ended. */
  readonly end: object | undefined;
}

export const MESSAGES: Readonly<Record<AnsweredKind, string>> = {
  R: "registrations (R)",
  E: "events (E)",
};

export function describeFaults({ delay, refusals, silences, halfOpen }: ActiveFaults): FaultText[] {
  const of = (uuid: string | undefined) => (uuid === undefined ? "all services" : nameOf(uuid));
  return [
    ...(delay === 0
      ? []
      : [{ text: `Everything is sent ${delay} ms late`, end: { type: "delay", milliseconds: 0 } }]),
    ...silences.map(({ kind, uuid }) => ({
      text: `The ${MESSAGES[kind]} of ${of(uuid)} are not acknowledged`,
      end: { type: "resumeAcknowledging", kind, ...(uuid === undefined ? {} : { uuid }) },
    })),
    ...refusals.map(({ kind, reply, remaining, uuid }) => ({
      text: `The next ${remaining === 1 ? "" : `${remaining} `}${MESSAGES[kind]} of ${of(uuid)} ${remaining === 1 ? "is" : "are"} refused with ${reply}`,
      end: undefined,
    })),
    ...halfOpen.map((id) => ({ text: `The connection ${id}${namesOn(id)} is half-open`, end: undefined })),
  ];
}

function namesOn(connectionId: string): string {
  const uuids = state.value?.connections.find(({ id }) => id === connectionId)?.uuids ?? [];
  return uuids.length === 0 ? "" : ` (${uuids.map(nameOf).join(", ")})`;
}
