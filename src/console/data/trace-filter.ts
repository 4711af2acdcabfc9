import { batch, computed } from "@preact/signals";
import { inAddress } from "./address.ts";
import type { TraceEntry, TraceKind } from "./types.ts";

export interface TraceFilter {
  readonly uuid: string | undefined;
  /** Empty for all. */
  readonly kinds: readonly TraceKind[];
  readonly contains: string;
}

const NO_FILTER: TraceFilter = { uuid: undefined, kinds: [], contains: "" };
const KINDS: readonly string[] = [
  "R",
  "E",
  "C",
  "K",
  "reply",
  "ping",
  "pong",
  "other",
  "note",
] satisfies readonly TraceKind[];

const uuid = inAddress("trace-service");
const kinds = inAddress("trace-kinds");
const contains = inAddress("trace-text");

export const filter = computed<TraceFilter>(() => ({
  uuid: uuid.value,
  kinds: (kinds.value ?? "").split(",").filter(isKind),
  contains: contains.value ?? "",
}));
export const isFiltered = computed(() => {
  const { uuid, kinds, contains } = filter.value;
  return uuid !== undefined || kinds.length > 0 || contains !== "";
});
/** Answers stand with the messages that they answer, unless somebody asks for them. */
export const areAnswersFolded = computed(() => !filter.value.kinds.includes("reply"));

export function changeFilter(part: Partial<TraceFilter>): void {
  const next = { ...filter.peek(), ...part };
  batch(() => {
    uuid.value = next.uuid;
    kinds.value = next.kinds.length > 0 ? next.kinds.join(",") : undefined;
    contains.value = next.contains === "" ? undefined : next.contains;
  });
}

/** Filters by this, and by nothing else. */
export function showOnly(part: Partial<TraceFilter>): void {
  changeFilter({ ...NO_FILTER, ...part });
}

export function endFilter(): void {
  changeFilter(NO_FILTER);
}

/** Whether an entry fits the filter, as the broker tells it. */
export function fits({ uuid, kind, text, note, answer }: TraceEntry, wanted: TraceFilter): boolean {
  const part = wanted.contains.toLowerCase();
  return (
    (wanted.uuid === undefined || wanted.uuid === uuid) &&
    (wanted.kinds.length === 0 || wanted.kinds.includes(kind)) &&
    [text, note, answer?.reply].some((each) => each?.toLowerCase().includes(part))
  );
}

function isKind(kind: string): kind is TraceKind {
  return KINDS.includes(kind);
}
