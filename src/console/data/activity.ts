import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { look } from "./api.ts";
import type { BrokerActivity, RateSample } from "./types.ts";

/** Milliseconds between two looks at what changes all the time. */
const INTERVAL = 2_000;
/** The same when something has gone wrong. */
const SHORT_INTERVAL = 300;

/** How much each service sends, and what is not well; `undefined` before the first answer. */
export const activity = signal<BrokerActivity | undefined>(undefined);
export const troubles = computed(() => activity.value?.problems ?? []);
export const troubleCount = computed(() => troubles.value.length + (activity.value?.moreProblems ?? 0));
export const activityByUuid = computed<ReadonlyMap<string, BrokerActivity["services"][number]>>(
  () => new Map(activity.value?.services.map((each) => [each.uuid, each])),
);

/** The last five minutes, second by second; asked for only while somebody looks at it. */
export const samples = signal<readonly RateSample[]>([]);

/** @param wrongs a number that grows with each thing that goes wrong: then it is asked at once. */
export function watchActivity(wrongs: ReadonlySignal<number>): void {
  const { askSoon } = repeat(
    () => look<BrokerActivity>("/broker/activity"),
    (answer) => {
      activity.value = answer;
    },
  );
  wrongs.subscribe(askSoon);
}

/** @returns a function that ends it. */
export function watchHistory(): () => void {
  const { end } = repeat(
    () => look<{ samples: readonly RateSample[] }>("/broker/history"),
    (answer) => {
      samples.value = answer.samples;
    },
  );
  return end;
}

/** Asks again and again. With many services the answer is long: neither side spends more than a part of its time on it. */
function repeat<T>(load: () => Promise<T>, take: (answer: T) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let isEnded = false;
  let isRunning = false;
  let duration = 0;
  const run = async () => {
    isRunning = true;
    dueAt = Number.POSITIVE_INFINITY;
    const start = performance.now();
    try {
      const answer = document.hidden ? undefined : await load();
      if (answer !== undefined && !isEnded) {
        take(answer);
      }
    } catch {
      // The banner says that the broker is gone.
    }
    isRunning = false;
    duration = performance.now() - start;
    schedule(INTERVAL);
  };
  /** Never later than it is due already: what goes wrong again and again would put it off for ever. */
  const schedule = (pause: number) => {
    const wait = Math.max(pause, 4 * duration);
    const at = performance.now() + wait;
    if (!isEnded && !isRunning && at < dueAt) {
      dueAt = at;
      clearTimeout(timer);
      timer = setTimeout(run, wait);
    }
  };
  void run();
  return {
    askSoon: () => schedule(SHORT_INTERVAL),
    end: () => {
      isEnded = true;
      clearTimeout(timer);
    },
  };
}
