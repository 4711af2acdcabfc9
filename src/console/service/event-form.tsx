import { useSignal } from "@preact/signals";
import { SelectField, TextField } from "../components/fields.tsx";
import { JsonValue } from "../components/json.tsx";
import { request, servicePath } from "../data/api.ts";
import type { DescribedEvent } from "../data/types.ts";
import { PayloadForm, type WithPayload } from "./payload-form.tsx";

const PRIORITIES = [
  ["0", "low"],
  ["1", "medium"],
  ["2", "high"],
] as const;

interface EventFormProps {
  readonly uuid: string;
  readonly event: DescribedEvent;
}

/** Publishes an event as if the service had done it; the broker checks the value. */
export function EventForm({ uuid, event: { eventId, dataFormat } }: EventFormProps) {
  const priority = useSignal<"0" | "1" | "2">("1");
  const correlationId = useSignal("");
  const publish = async (withPayload: WithPayload) => {
    const body = withPayload({
      eventId,
      priority: Number(priority.value),
      correlationId: correlationId.value || undefined,
    });
    const published = await request("POST", servicePath(uuid, "/event"), body);
    return { message: "Published.", value: <JsonValue value={published} /> };
  };
  return (
    <PayloadForm
      label={`Fire ${eventId}`}
      dataFormat={dataFormat}
      member="value"
      submitLabel="Fire the event"
      send={publish}
    >
      <SelectField label="Priority" signal={priority} choices={PRIORITIES} />
      <TextField label="Correlation id" placeholder="none" signal={correlationId} />
    </PayloadForm>
  );
}
