// What the broker's REST interface answers: the broker's own types, without any of its code.

import type { ActiveFaults } from "../../broker/faults/faults.ts";
import type { FlowCounts } from "../../broker/flows/flow-counts.ts";
import type { FlowEntry } from "../../broker/flows/flow-store.ts";
import type { BrokerCounters } from "../../broker/observing/counters.ts";
import type { RateSample } from "../../broker/observing/rate-history.ts";
import type { TraceEntry } from "../../broker/observing/trace-entry.ts";
import type { LateAnswer } from "../../broker/observing/trace-feed.ts";
import type { describeBrokerActivity, Trouble } from "../../broker/rest/broker-activity.ts";
import type { summariseFlow, summariseService } from "../../broker/rest/broker-state.ts";
import type { describeActivity } from "../../broker/rest/service-activity.ts";
import type { LifecycleState } from "../../broker/services/registered-service.ts";
import type { SelfDescription } from "../../broker/services/self-description-types.ts";

export type { AnsweredKind } from "../../broker/faults/fault-state.ts";
export type { FlowSource } from "../../broker/flows/flow.ts";
export type { TraceAnswer } from "../../broker/observing/trace-answer.ts";
export type { TraceKind } from "../../broker/observing/trace-entry.ts";
export type {
  DescribedEvent,
  DescribedFunction,
  DescribedParameter,
} from "../../broker/services/self-description-types.ts";
export type { ActiveFaults, BrokerCounters, FlowEntry, RateSample, SelfDescription, TraceEntry, Trouble };

export type BrokerActivity = ReturnType<typeof describeBrokerActivity>;

export type ServiceSummary = ReturnType<typeof summariseService>;
export type FlowItem = ReturnType<typeof summariseFlow>;
/** A flow with its mappings, and what each of its parts has done. */
export type CountedFlow = FlowEntry & { readonly counts: readonly FlowCounts[] };
/** A flow of an item, without its mapping. */
export type FlowEnds = FlowItem["flows"][number];

export interface Revision {
  readonly services: number;
  readonly flows: number;
}

export interface BrokerState {
  readonly url: string;
  /** Whether programs have to bring a token. */
  readonly needsToken: boolean;
  readonly uptime: number;
  readonly revision: Revision;
  readonly counters: BrokerCounters;
  readonly memory: { readonly rss: number; readonly heapUsed: number };
  readonly faults: ActiveFaults;
  readonly connections: readonly {
    readonly id: string;
    readonly framing: string;
    readonly remoteAddress: string;
    readonly halfOpen: boolean;
    readonly uuids: readonly string[];
  }[];
  readonly services: readonly ServiceSummary[];
  readonly queues: Readonly<Record<string, number>>;
  readonly flows: readonly FlowItem[];
}

export type ServiceDetails = ServiceSummary & {
  readonly selfDescription: SelfDescription & { readonly lifecycleState: LifecycleState };
};

export type ServiceActivity = ReturnType<typeof describeActivity>;
export type EventActivity = ServiceActivity["events"][number];

export interface TraceBatch {
  readonly entries: readonly TraceEntry[];
  readonly omitted: number;
  readonly answers: readonly LateAnswer[];
  readonly lastSeq: number;
  readonly counters: BrokerCounters;
  readonly revision: Revision;
}
