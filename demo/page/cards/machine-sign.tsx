import type { Machine } from "../data/machines.ts";
import type { Level } from "../data/sign.ts";

/** The form says it as well as the colour. */
const FORMS: Readonly<Record<Level, string>> = {
  waiting: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zm0 2.5a3 3 0 1 1 0 6a3 3 0 1 1 0-6z",
  live: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
  late: "M8 1.5L15.5 14.5H.5z",
  silent: "M4 1.5L8 5.5L12 1.5L14.5 4L10.5 8L14.5 12L12 14.5L8 10.5L4 14.5L1.5 12L5.5 8L1.5 4z",
};

/** Not announced: its words change with every second. */
export function MachineSign({ machine }: { readonly machine: Machine<unknown> }) {
  const { level, text } = machine.sign.value;
  return (
    <p class="sign" data-level={level}>
      <SignForm level={level} />
      {text}
    </p>
  );
}

export function SignForm({ level }: { readonly level: Level }) {
  return (
    <svg class="sign-form" viewBox="0 0 16 16" aria-hidden="true">
      <path d={FORMS[level]} />
    </svg>
  );
}
