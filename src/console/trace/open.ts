import { bind } from "../components/binding.ts";
import { inAddress } from "../data/address.ts";

const panel = inAddress("trace");

/** Whether the trace is open. */
export const isTraceOpen = bind(
  () => panel.value !== "closed",
  (isOpen) => {
    panel.value = isOpen ? undefined : "closed";
  },
);
