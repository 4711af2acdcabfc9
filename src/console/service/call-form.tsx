import { useSignal } from "@preact/signals";
import { CheckField, TextField } from "../components/fields.tsx";
import { JsonValue } from "../components/json.tsx";
import { request, servicePath } from "../data/api.ts";
import type { DescribedFunction } from "../data/types.ts";
import { hasNamedParameters } from "../format/example.ts";
import { PayloadForm, type WithPayload } from "./payload-form.tsx";

/** Milliseconds for which a response event is waited for. */
const WAIT = 5_000;

interface CallFormProps {
  readonly uuid: string;
  readonly described: DescribedFunction;
}

/** Calls a function; the broker checks the value, unless a client's own check is what is tested. */
export function CallForm({ uuid, described: { functionId, dataFormat, responseEvents } }: CallFormProps) {
  const correlationId = useSignal("");
  const waits = useSignal((responseEvents ?? []).length > 0);
  const isUnchecked = useSignal(false);
  const call = async (withPayload: WithPayload) => {
    const body = withPayload({
      functionId,
      correlationId: correlationId.value || undefined,
      wait: waits.value ? WAIT : undefined,
      check: !isUnchecked.value,
    });
    const { response } = await request<{ response?: unknown }>("POST", servicePath(uuid, "/call"), body);
    return response === undefined
      ? { message: "Called." }
      : { message: "The response event:", value: <JsonValue value={response} /> };
  };
  return (
    <PayloadForm
      label={`Call ${functionId}`}
      dataFormat={dataFormat}
      member={hasNamedParameters(dataFormat) ? "parameters" : "value"}
      submitLabel="Call the function"
      send={call}
    >
      <TextField label="Correlation id" placeholder="a new one" signal={correlationId} />
      <CheckField label={`Wait for a response event (${WAIT / 1_000} s)`} signal={waits} />
      <CheckField label="Send it even if it does not fit" signal={isUnchecked} />
    </PayloadForm>
  );
}
