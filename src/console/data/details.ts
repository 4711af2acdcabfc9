import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { describeProblem, request, servicePath } from "./api.ts";
import { servicesByUuid } from "./broker-state.ts";
import type { ServiceDetails } from "./types.ts";

export interface Loaded {
  readonly details: ServiceDetails | undefined;
  readonly problem: string | undefined;
}

const NOTHING: Loaded = { details: undefined, problem: undefined };

/** A service with its self-description, loaded again whenever it has registered, left or changed. */
export function useDetails(uuid: string | undefined): Loaded {
  const wanted = useSignal(uuid);
  const loaded = useSignal<Loaded>(NOTHING);
  const version = useSignal("");
  useEffect(() => {
    wanted.value = uuid;
  }, [uuid]);
  useSignalEffect(() => {
    const summary = wanted.value === undefined ? undefined : servicesByUuid.value.get(wanted.value);
    // The rest of a summary stands in the state; only a registration brings another self-description.
    version.value = `${summary?.registeredAt} ${summary?.connected} ${summary?.lifecycleState}`;
  });
  useSignalEffect(() => {
    const asked = wanted.value;
    void version.value;
    if (asked === undefined) {
      loaded.value = NOTHING;
      return;
    }
    let isCurrent = true;
    request<ServiceDetails>("GET", servicePath(asked)).then(
      (details) => {
        if (isCurrent) {
          loaded.value = { details, problem: undefined };
        }
      },
      (error) => {
        if (isCurrent) {
          loaded.value = { details: undefined, problem: describeProblem(error) };
        }
      },
    );
    return () => {
      isCurrent = false;
    };
  });
  // What was loaded for another service must not be shown for this one, not even for a moment.
  const { details, problem } = loaded.value;
  return details !== undefined && details.uuid !== uuid ? NOTHING : { details, problem };
}
