import { type Signal, useSignal } from "@preact/signals";
import { type ComponentChildren, h } from "preact";
import { ApiError, describeProblem, type Issue } from "../data/api.ts";
import { refresh } from "../data/broker-state.ts";

/** What came of something that a person did. */
export interface Outcome {
  readonly isGood: boolean;
  readonly message: string;
  readonly issues?: readonly Issue[] | undefined;
  /** An answer, to be shown as it is. */
  readonly value?: ComponentChildren;
}

export interface Action {
  readonly outcome: Signal<Outcome | undefined>;
  readonly isBusy: Signal<boolean>;
  /** Does something, and shows what it returns, or why it failed. */
  readonly run: (act: () => Promise<Outcome | undefined>) => Promise<void>;
}

export function useAction(): Action {
  const outcome = useSignal<Outcome | undefined>(undefined);
  const isBusy = useSignal(false);
  const run = async (act: () => Promise<Outcome | undefined>) => {
    if (isBusy.peek()) {
      return;
    }
    isBusy.value = true;
    try {
      outcome.value = await act();
    } catch (error) {
      const issues = error instanceof ApiError ? error.issues : [];
      outcome.value = { isGood: false, message: describeProblem(error), issues };
    }
    isBusy.value = false;
    void refresh();
  };
  return { outcome, isBusy, run };
}

/** A place that is read aloud when something stands in it. */
export function OutcomeText({ action }: { readonly action: Action }) {
  const outcome = action.outcome.value;
  // The element stays: only changes of one that is there already are read aloud.
  return h(
    "div",
    { class: `outcome ${outcome === undefined ? "" : outcome.isGood ? "good" : "bad"}`, role: "status" },
    outcome === undefined ? null : describe(outcome),
  );
}

function describe({ message, issues = [], value }: Outcome) {
  // With issues, the message repeats them.
  const isOne = issues.length === 1 && message.includes(issues[0]?.message ?? "");
  return [
    h("p", null, message),
    issues.length === 0 || isOne
      ? null
      : h(
          "ul",
          null,
          issues.map((issue) =>
            h("li", null, issue.path === "" ? null : h("code", null, issue.path), " ", issue.message),
          ),
        ),
    value,
  ];
}
