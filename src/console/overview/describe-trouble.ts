import { activity } from "../data/activity.ts";
import { putInAddress } from "../data/address.ts";
import { countOf } from "../data/amounts.ts";
import { flows, nameOf } from "../data/broker-state.ts";
import { pathOf } from "../data/route.ts";
import { showOnly } from "../data/trace-store.ts";
import type { Trouble } from "../data/types.ts";
import { describeFaults } from "../faults/describe-faults.ts";
import { isolate } from "../format/isolate.ts";

/** Where somebody finds out more. */
export interface Lead {
  readonly label: string;
  readonly href: string;
  /** What is set before it is followed, such as a filter. */
  readonly prepare?: () => void;
}

export interface DescribedTrouble {
  /** One sentence without its full stop. */
  readonly title: string;
  readonly text: string | undefined;
  readonly leads: readonly Lead[];
}

/** Something did not arrive; the others are about what may happen. */
export function isLoss({ kind }: Trouble): boolean {
  return kind === "refused" || kind === "dropped";
}

export function describeTrouble(trouble: Trouble): DescribedTrouble {
  const { kind, uuid, count = 0, reason } = trouble;
  const name = uuid === undefined ? undefined : isolate(nameOf(uuid));
  switch (kind) {
    case "refused":
      return {
        title: `${countOf(count, "message")} of ${name ?? "unknown services"} ${count === 1 ? "was" : "were"} refused`,
        text: reason,
        leads: [
          traceOf(uuid, uuid === undefined ? { contains: "NIO_" } : { kinds: ["R", "E", "reply"] }),
          ...serviceOf(uuid),
        ],
      };
    case "dropped":
      return {
        title: `${countOf(count, "call")} of ${name} ${count === 1 ? "was" : "were"} dropped`,
        text: reason === undefined ? undefined : `They are lost: ${reason}.`,
        leads: [...flowTo(uuid), ...serviceOf(uuid)],
      };
    case "waiting":
      return {
        title: `${countOf(count, "call")} ${count === 1 ? "waits" : "wait"} for ${name}, which is away`,
        text: isRecent(trouble)
          ? "More are coming. They are sent when it is back."
          : "They are sent when it is back.",
        leads: [...flowTo(uuid), ...serviceOf(uuid)],
      };
    case "returned":
      return {
        title: `${name} has lost its connection and come back ${count} times`,
        text: "Its network is not stable, or its program is started again and again.",
        leads: [traceOf(uuid, { kinds: ["R", "note"] }), ...serviceOf(uuid)],
      };
    case "halfOpen":
      return {
        title: `The connection ${trouble.connectionId}${name === undefined ? "" : ` of ${name}`} is half-open`,
        text: "Somebody has asked for it: it looks open, and nothing passes it.",
        leads: [faultsView],
      };
    case "fault":
      return {
        title: faultIn(trouble),
        text: `Somebody has asked for this fault.${count > 0 ? ` It has met ${countOf(count, "message")}.` : ""}`,
        leads: [faultsView],
      };
  }
}

const faultsView: Lead = { label: "End it", href: pathOf({ view: "faults" }) };

/** Calls have come within the last half minute, by the clock of the broker. */
function isRecent({ last = 0 }: Trouble): boolean {
  return (activity.value?.time ?? 0) - last < 30_000;
}

function faultIn({ delay = 0, silence, refusal }: Trouble): string {
  const [described] = describeFaults({
    delay,
    silences: silence === undefined ? [] : [silence],
    refusals: refusal === undefined ? [] : [refusal],
    halfOpen: [],
  });
  return described?.description ?? "";
}

function traceOf(uuid: string | undefined, part: Parameters<typeof showOnly>[0]): Lead {
  return {
    label: "Show its messages",
    href: pathOf({ view: "trace" }),
    prepare: () => showOnly({ ...part, uuid }),
  };
}

function serviceOf(uuid: string | undefined): Lead[] {
  return uuid === undefined || nameOf(uuid) === uuid
    ? []
    : [{ label: `Show ${isolate(nameOf(uuid))}`, href: pathOf({ view: "service", uuid }) }];
}

/** The first flow that calls a service. */
function flowTo(uuid: string | undefined): Lead[] {
  const flow = flows.value.find((item) => item.flows.some(({ to }) => to.uuid === uuid));
  return flow === undefined
    ? []
    : [
        {
          label: `Show flow #${flow.id}`,
          href: pathOf({ view: "flows" }),
          prepare: () => putInAddress("flow", String(flow.id)),
        },
      ];
}
