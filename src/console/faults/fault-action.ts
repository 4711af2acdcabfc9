import { type Action, useAction } from "../components/outcome.tsx";
import { request } from "../data/api.ts";
import { faults } from "../data/broker-state.ts";
import type { ActiveFaults } from "../data/types.ts";

/** Makes or ends a fault, as the REST interface has it, and then says the message. */
export type MakeFault = (fault: object, message?: string) => void;

/** @param uuid the service that faults concern if they do not name one; `undefined` for all. */
export function useFaultAction(uuid?: string): { readonly action: Action; readonly make: MakeFault } {
  const action = useAction();
  const make: MakeFault = (fault, message) =>
    action.run(async () => {
      faults.value = await request<ActiveFaults>("POST", "/broker/faults", { uuid, ...fault });
      return message === undefined ? undefined : { message };
    });
  return { action, make };
}
