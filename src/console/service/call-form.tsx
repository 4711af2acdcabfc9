import { useSignal } from "@preact/signals";
import { CheckField, TextField } from "../components/fields.tsx";
import { HighlightedJson } from "../components/json.tsx";
import type { Success } from "../components/outcome.tsx";
import { describeProblem, requestText, servicePath } from "../data/api.ts";
import { nameOf } from "../data/broker-state.ts";
import type { DescribedEvent, DescribedFunction } from "../data/types.ts";
import { hasNamedParameters } from "../format/example.ts";
import { isList, isMembers, type JsonNode, memberOf, parseNode, writeNode } from "../format/lossless.ts";
import { type PastCall, rememberCall } from "./call-history.ts";
import { makeCopies } from "./copy/copies.ts";
import { callProgram } from "./copy/typescript.ts";
import { PastCalls } from "./past-calls.tsx";
import { bodyOf, usePayload } from "./payload.tsx";
import { PayloadForm } from "./payload-form.tsx";

/** Milliseconds for which a response event is waited for. */
const WAIT = 5_000;

interface CallFormProps {
  readonly uuid: string;
  readonly described: DescribedFunction;
  /** The events that it may answer with. */
  readonly answers: readonly DescribedEvent[];
}

/** Calls a function; the broker checks the value, unless a client's own check is what is tested. */
export function CallForm({ uuid, described, answers }: CallFormProps) {
  const { functionId, dataFormat, responseEvents } = described;
  const payload = usePayload(dataFormat);
  const correlationId = useSignal("");
  const waits = useSignal((responseEvents ?? []).length > 0);
  const isUnchecked = useSignal(false);
  const member = hasNamedParameters(dataFormat) ? "parameters" : "value";
  const path = servicePath(uuid, "/call");
  const body = () => {
    const members = {
      functionId,
      correlationId: correlationId.value || undefined,
      wait: waits.value ? WAIT : undefined,
      check: !isUnchecked.value,
    };
    return bodyOf(payload, member, members, !isUnchecked.value);
  };
  const call = async (json: string): Promise<Success> => {
    const at = Date.now();
    const start = performance.now();
    const request = parseNode(json);
    const payloadNode = memberOf(request, member);
    const value = payloadNode === undefined ? "" : writeNode(payloadNode, 0);
    const remember = (outcome: PastCall["outcome"]) =>
      rememberCall(uuid, functionId, { at, body: json, value, outcome });
    try {
      const answer = parseNode((await requestText("POST", path, { json })) || "{}");
      const took = performance.now() - start;
      const response = memberOf(answer, "response");
      const doubts = describeWarnings(memberOf(answer, "warnings"));
      if (response === undefined) {
        remember({ kind: "sent" });
        return { message: `Called.${doubts}` };
      }
      remember({ kind: "answered", ...eventIn(response), took });
      return {
        message: `The response event:${doubts}`,
        value: <HighlightedJson json={writeNode(response)} />,
      };
    } catch (error) {
      remember({ kind: "failed", message: describeProblem(error) });
      throw error;
    }
  };
  const copies = makeCopies({ path, body, payload, uuid }, (shared) =>
    callProgram({ ...shared, name: nameOf(uuid), described, answers }),
  );
  return (
    <>
      <PayloadForm
        label={`Call ${functionId}`}
        payload={payload}
        member={member}
        dataFormat={dataFormat}
        submitLabel="Call the function"
        send={async () => call(body().json)}
        isChecked={!isUnchecked.value}
        copies={copies}
        options={
          <>
            <CheckField label={`Wait for a response event (${WAIT / 1_000} s)`} signal={waits} />
            <CheckField label="Send without checking" signal={isUnchecked} />
            <TextField label="Correlation id" class="short" placeholder="a new one" signal={correlationId} />
          </>
        }
      />
      <PastCalls uuid={uuid} functionId={functionId} onAgain={call} />
    </>
  );
}

function eventIn(response: JsonNode): { readonly eventId: string; readonly value: string | undefined } {
  const value = memberOf(response, "dataObject");
  return {
    eventId: String(memberOf(response, "eventId") ?? ""),
    value: value === undefined ? undefined : writeNode(value, 0),
  };
}

/** What the broker could not check, such as a pattern that would take too long. */
function describeWarnings(warnings: JsonNode | undefined): string {
  if (!isList(warnings)) {
    return "";
  }
  const messages = warnings.map((each) => (isMembers(each) ? String(memberOf(each, "message") ?? "") : ""));
  return ` (${messages.join("; ")})`;
}
