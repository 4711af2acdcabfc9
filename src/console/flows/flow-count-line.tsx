import { formatNumber } from "../data/amounts.ts";
import { timeOfDay } from "../data/connection.ts";
import { countsOf } from "./flow-counts.ts";

interface LineProps {
  readonly id: number;
  readonly index: number;
  readonly lastError: { readonly message: string; readonly at: number } | undefined;
}

/** What a flow has done since it was made, in a sentence. */
export function CountLine({ id, index, lastError }: LineProps) {
  const { calls, errors } = countsOf(id, index);
  return (
    <>
      <p class="flow-counts">
        <b>{formatNumber(calls)}</b> {calls === 1 ? "call" : "calls"}
        {", "}
        <b class={errors > 0 ? "bad" : ""}>{formatNumber(errors)}</b> {errors === 1 ? "error" : "errors"}
      </p>
      {lastError && (
        <p class="problem">
          {timeOfDay(lastError.at)}: {lastError.message}
        </p>
      )}
    </>
  );
}
