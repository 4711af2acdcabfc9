import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import { Button } from "../components/button.tsx";
import { HighlightedJson } from "../components/json.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { requestText, servicePath } from "../data/api.ts";
import { timeOfDay } from "../data/connection.ts";
import type { EventActivity } from "../data/types.ts";
import { memberOf, parseNode, writeNode } from "../format/lossless.ts";

interface LastValueProps {
  readonly uuid: string;
  readonly latest: ReadonlySignal<EventActivity | undefined>;
  /** What the form of the event holds. */
  readonly json: Signal<string>;
  readonly hasPayload: boolean;
}

interface Shown {
  readonly at: number;
  readonly json: string;
}

/** The whole last value, as it was when it was asked for: one that changes cannot be read. */
export function LastValue({ uuid, latest, json, hasPayload }: LastValueProps) {
  const shown = useSignal<Shown | undefined>(undefined);
  const action = useAction();
  const eventId = latest.value?.eventId;
  if (eventId === undefined || latest.value?.value === undefined) {
    return null;
  }
  const load = async (): Promise<Shown> => {
    const path = servicePath(uuid, `/activity/${encodeURIComponent(eventId)}`);
    const last = memberOf(parseNode(await requestText("GET", path)), "last");
    const value = memberOf(last, "dataObject") ?? null;
    return { at: Number(String(memberOf(last, "receivedAt") ?? 0)), json: writeNode(value) };
  };
  const show = () =>
    action.run(async () => {
      shown.value = await load();
      return undefined;
    });
  const use = () =>
    action.run(async () => {
      json.value = (await load()).json;
      return { message: "The last value is in the form." };
    });
  return (
    <div class="last-value">
      <div class="actions">
        <Button class="link" onClick={show}>
          {shown.value === undefined ? "Show the whole last value" : "Show the newest value"}
        </Button>
        {hasPayload && (
          <Button class="link" onClick={use}>
            Put the last value into the form
          </Button>
        )}
        {shown.value !== undefined && (
          <Button
            class="link"
            onClick={() => {
              shown.value = undefined;
            }}
          >
            Hide it
          </Button>
        )}
      </div>
      {shown.value !== undefined && (
        <>
          <small>Came at {timeOfDay(shown.value.at)}</small>
          <HighlightedJson json={shown.value.json} />
        </>
      )}
      <OutcomeMessage action={action} />
    </div>
  );
}
