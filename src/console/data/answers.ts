import { computed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { describeProblem, request, servicePath } from "./api.ts";
import { flowsRevision, servicesByUuid } from "./broker-state.ts";
import { lostSince } from "./connection.ts";
import type { CountedFlow, ServiceDetails } from "./types.ts";

/** What the broker answered; neither member while there is no answer yet. */
export interface Answer<T> {
  readonly value?: T;
  readonly problem?: string;
}

/** A service with its self-description, loaded again whenever it has registered, left or changed its state. */
export function useServiceDetails(uuid: string | undefined): Answer<ServiceDetails> {
  // The rest of a summary is in the state; only a registration brings another self-description.
  const version = useMemo(
    () =>
      computed(() => {
        const summary = uuid === undefined ? undefined : servicesByUuid.value.get(uuid);
        return `${summary?.registeredAt} ${summary?.connected} ${summary?.lifecycleState}`;
      }),
    [uuid],
  );
  return useAnswer(uuid === undefined ? undefined : servicePath(uuid), version.value);
}

/** A flow with its mappings, which are not in the state; loaded again whenever a flow has changed, or it has more errors. */
export function useFlow(id: number, errors: number): Answer<CountedFlow> {
  return useAnswer(`/broker/flows/${id}`, `${flowsRevision.value} ${errors}`);
}

/**
 * What the broker answers to a GET request.
 * @param path `undefined` asks for nothing.
 * @param version asked for again whenever it changes, and when the broker is back; the last answer is kept until then.
 */
function useAnswer<T>(path: string | undefined, version: string | number): Answer<T> {
  const answered = useSignal<Answer<T> & { readonly path?: string }>({});
  const isLost = lostSince.value !== undefined;
  useEffect(() => {
    const isKnown = answered.peek().path === path;
    if (path === undefined || (isKnown && isLost)) {
      return;
    }
    let isCurrent = true;
    const show = (answer: Answer<T>) => {
      if (isCurrent) {
        answered.value = { ...answer, path };
      }
    };
    request<T>("GET", path).then(
      (value) => show({ value }),
      (error) => {
        // What is shown is from before, as all of the page is: the banner says so.
        if (!isKnown || lostSince.peek() === undefined) {
          show({ problem: describeProblem(error) });
        }
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [path, version, isLost]);
  // The answer for another path must not be shown for this one, not even for a moment.
  return answered.value.path === path ? answered.value : {};
}
