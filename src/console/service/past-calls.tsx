import { Button } from "../components/button.tsx";
import { OutcomeMessage, type Success, useAction } from "../components/outcome.tsx";
import { timeOfDay } from "../data/connection.ts";
import { readable } from "../format/readable.ts";
import { callsOf, type PastCall } from "./call-history.ts";
import { tookText } from "./times.ts";

interface PastCallsProps {
  readonly uuid: string;
  readonly functionId: string;
  readonly onAgain: (body: string) => Promise<Success>;
}

/** The last calls of a function that this page made. */
export function PastCalls({ uuid, functionId, onAgain }: PastCallsProps) {
  const calls = callsOf(uuid, functionId).value;
  const action = useAction();
  if (calls.length === 0) {
    return null;
  }
  return (
    <div class="past-calls">
      <table>
        <caption>Last calls from this page</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Called with</th>
            <th scope="col">Answer</th>
            <th scope="col">After</th>
            <th scope="col">
              <span class="unseen">Repeat</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.id}>
              <td>{timeOfDay(call.at)}</td>
              <td title={call.value}>{call.value === "" ? "nothing" : readable(call.value)}</td>
              <Answer outcome={call.outcome} />
              <td>
                <Button onClick={() => action.run(() => onAgain(call.body))} title="Call with the same value">
                  Again
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <OutcomeMessage action={action} />
    </div>
  );
}

function Answer({ outcome }: Pick<PastCall, "outcome">) {
  switch (outcome.kind) {
    case "sent":
      return (
        <>
          <td class="quiet-text">not waited for</td>
          <td>–</td>
        </>
      );
    case "failed":
      return (
        <>
          <td class="problem">{outcome.message}</td>
          <td>–</td>
        </>
      );
    case "answered":
      return (
        <>
          <td title={outcome.value}>
            <code>{outcome.eventId}</code>{" "}
            {outcome.value === undefined ? "without a value" : readable(outcome.value)}
          </td>
          <td>{tookText(outcome.took)}</td>
        </>
      );
  }
}
