import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { ApiError, describeProblem, type Issue } from "../data/api.ts";
import { refresh } from "../data/broker-state.ts";

/** What is said when something has succeeded. */
export interface Success {
  readonly message: string;
  /** An answer, to be shown as it is. */
  readonly value?: ComponentChildren;
}

/** What came of something that a person did. */
interface Outcome extends Success {
  readonly isGood: boolean;
  readonly issues?: readonly Issue[];
}

export interface Action {
  readonly outcome: Signal<Outcome | undefined>;
  readonly isBusy: Signal<boolean>;
  /** Does something, and shows what it returns, or why it failed. Only one thing at a time. */
  readonly run: (act: () => Promise<Success | undefined>) => void;
}

export function useAction(): Action {
  const outcome = useSignal<Outcome | undefined>(undefined);
  const isBusy = useSignal(false);
  const perform = async (act: () => Promise<Success | undefined>) => {
    isBusy.value = true;
    try {
      const success = await act();
      outcome.value = success && { isGood: true, ...success };
    } catch (error) {
      const issues = error instanceof ApiError ? error.issues : [];
      outcome.value = { isGood: false, message: describeProblem(error), issues };
    }
    isBusy.value = false;
    void refresh();
  };
  const run = (act: () => Promise<Success | undefined>) => {
    if (!isBusy.peek()) {
      void perform(act);
    }
  };
  return { outcome, isBusy, run };
}

/** What came of the last run of an action. It is read aloud. */
export function OutcomeMessage({ action }: { readonly action: Action }) {
  const outcome = action.outcome.value;
  const tone = outcome === undefined ? "" : outcome.isGood ? "good" : "bad";
  // The element stays: only changes of one that is there already are read aloud.
  return (
    <div class={`outcome ${tone}`} role="status">
      {outcome && <Content outcome={outcome} />}
    </div>
  );
}

function Content({ outcome: { message, issues = [], value } }: { readonly outcome: Outcome }) {
  // With several issues, the message does not repeat them.
  const isInMessage = issues.length === 1 && message.includes(issues[0]?.message ?? "");
  return (
    <>
      <p>{message}</p>
      {issues.length > 0 && !isInMessage && (
        <ul>
          {issues.map((issue) => (
            <li key={`${issue.path} ${issue.message}`}>
              {issue.path !== "" && <code>{issue.path}</code>} {issue.message}
            </li>
          ))}
        </ul>
      )}
      {value}
    </>
  );
}
