import { Button } from "../components/button.tsx";
import type { DescribedEvent, DescribedFunction } from "../data/types.ts";
import { startFlow } from "../flows/draft.ts";
import { shortFormat } from "../format/describe.ts";
import { readable } from "../format/readable.ts";
import { CallForm } from "./call-form.tsx";
import { callsOf } from "./call-history.ts";
import { Title } from "./event-item.tsx";
import { FormatView } from "./format-view.tsx";
import { Item } from "./item.tsx";
import { tookText } from "./times.ts";

interface FunctionProps {
  readonly uuid: string;
  readonly described: DescribedFunction;
  readonly events: readonly DescribedEvent[];
}

export function FunctionItem({ uuid, described, events }: FunctionProps) {
  const { functionId, name, description, dataFormat, responseEvents } = described;
  const ids = responseEvents ?? [];
  const answers = ids.flatMap((id) => events.find((event) => event["@id"] === id) ?? []);
  const names = ids.map((id) => events.find((event) => event["@id"] === id)?.eventId ?? String(id));
  return (
    <Item
      uuid={uuid}
      kind="f"
      id={functionId}
      summary={
        <>
          <Title id={functionId} name={name} />
          <small class="item-value">
            {shortFormat(dataFormat)}
            {names.length > 0 && ` → ${names.join(", ")}`}
          </small>
          <LastCall uuid={uuid} functionId={functionId} />
        </>
      }
    >
      {description && <p>{description}</p>}
      <CallForm uuid={uuid} described={described} answers={answers} />
      <FormatView dataFormat={dataFormat} />
      <Button class="link" onClick={() => startFlow({ toUuid: uuid, functionId })}>
        New flow to this function…
      </Button>
    </Item>
  );
}

/** What came of the last call, while the row is closed. */
function LastCall({ uuid, functionId }: { readonly uuid: string; readonly functionId: string }) {
  const [last] = callsOf(uuid, functionId).value;
  if (last === undefined) {
    return null;
  }
  const { outcome } = last;
  const text =
    outcome.kind === "answered"
      ? `${outcome.value === undefined ? "answered" : readable(outcome.value)} after ${tookText(outcome.took)}`
      : outcome.kind === "sent"
        ? "called"
        : "failed";
  return (
    <span class="item-last" title={text}>
      {text}
    </span>
  );
}
