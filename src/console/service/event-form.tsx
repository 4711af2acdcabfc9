import { useSignal } from "@preact/signals";
import { SelectField, TextField } from "../components/fields.tsx";
import { HighlightedJson } from "../components/json.tsx";
import { requestText, servicePath } from "../data/api.ts";
import { nameOf } from "../data/broker-state.ts";
import type { DescribedEvent } from "../data/types.ts";
import { parseNode, writeNode } from "../format/lossless.ts";
import { makeCopies } from "./copy/copies.ts";
import { publishProgram } from "./copy/typescript.ts";
import { bodyOf, type Payload } from "./payload.tsx";
import { PayloadForm } from "./payload-form.tsx";

const PRIORITIES = [
  ["0", "low"],
  ["1", "medium"],
  ["2", "high"],
] as const;
const PRIORITY_NAMES = { "0": "LOW", "1": "MEDIUM", "2": "HIGH" } as const;

interface EventFormProps {
  readonly uuid: string;
  readonly event: DescribedEvent;
  readonly payload: Payload;
}

/** Publishes an event as if the service had done it; the broker checks the value. */
export function EventForm({ uuid, event, payload }: EventFormProps) {
  const { eventId, dataFormat } = event;
  const priority = useSignal<"0" | "1" | "2">("1");
  const correlationId = useSignal("");
  const path = servicePath(uuid, "/event");
  const body = () =>
    bodyOf(
      payload,
      "value",
      {
        eventId,
        priority: Number(priority.value),
        correlationId: correlationId.value || undefined,
      },
      true,
    );
  const publish = async () => {
    const published = parseNode(await requestText("POST", path, body()));
    return { message: "Published.", value: <HighlightedJson json={writeNode(published)} /> };
  };
  const copies = makeCopies({ path, body, payload, uuid }, (shared) =>
    publishProgram({
      ...shared,
      name: nameOf(uuid),
      event,
      priority: PRIORITY_NAMES[priority.value],
      correlationId: correlationId.value || undefined,
    }),
  );
  return (
    <PayloadForm
      label={`Fire ${eventId}`}
      payload={payload}
      member="value"
      dataFormat={dataFormat}
      submitLabel="Fire the event"
      send={publish}
      isChecked
      copies={copies}
      options={
        <>
          <SelectField label="Priority" class="short" signal={priority} choices={PRIORITIES} />
          <TextField label="Correlation id" class="short" placeholder="none" signal={correlationId} />
        </>
      }
    />
  );
}
