import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button, SubmitButton } from "../components/button.tsx";
import { TextArea } from "../components/fields.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { request } from "../data/api.ts";
import { refresh } from "../data/broker-state.ts";
import { shortFormat } from "../format/describe.ts";
import { draft, type FlowDraft } from "./draft.ts";
import { EndFields, eventsOf, functionsOf, useFlowEnd } from "./flow-end.tsx";
import { checkMappingText, suggestMapping } from "./mapping-text.ts";

interface FormProps {
  readonly start: FlowDraft;
  /** `replaced` is the id of the flow whose place it took. */
  readonly onAdded: (id: number, replaced: number | undefined) => void;
}

/** A new flow: an event, a function, and perhaps a mapping. */
export function FlowForm({ start, onAdded }: FormProps) {
  const from = useFlowEnd(start.fromUuid, start.eventId, eventsOf);
  const to = useFlowEnd(start.toUuid, start.functionId, functionsOf);
  const mapping = useSignal("");
  const problem = useComputed(() => checkMappingText(mapping.value));
  const action = useAction();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const event = from.port;
  const target = to.port;
  const close = () => {
    draft.value = undefined;
  };
  const add = () =>
    action.run(async () => {
      if (
        from.uuid.value === undefined ||
        to.uuid.value === undefined ||
        event === undefined ||
        target === undefined
      ) {
        throw new Error("Choose a service and its event, and a service and its function.");
      }
      const { id, replaced } = await request<{ id: number; replaced?: number }>("POST", "/broker/flows", {
        from: { uuid: from.uuid.value, eventId: event.id },
        to: { uuid: to.uuid.value, functionId: target.id },
        mapping: mapping.value.trim() === "" ? undefined : JSON.parse(mapping.value),
      });
      await refresh();
      onAdded(id, replaced);
      close();
      return undefined;
    });
  return (
    <Form
      ref={form}
      class="card flow-form"
      aria-label="New flow"
      onSubmit={add}
      onKeyDown={(pressed) => {
        if (pressed.key === "Escape" && !pressed.defaultPrevented) {
          close();
        }
      }}
    >
      <div class="ends">
        <EndFields serviceLabel="From the service" portLabel="its event" end={from} />
        <EndFields serviceLabel="To the service" portLabel="its function" end={to} />
      </div>
      {event && target && shortFormat(event.dataFormat) !== shortFormat(target.dataFormat) && (
        <p class="hint">
          The formats differ, so that a mapping is probably needed.{" "}
          <Button
            class="link"
            onClick={() => {
              mapping.value = suggestMapping(event.dataFormat, target.dataFormat);
            }}
          >
            Suggest one
          </Button>
        </p>
      )}
      <TextArea
        label="Mapping (JSON, optional): places in the function's parameters, and where their values come from"
        placeholder='{ "/dataObject/speed": "/dataObject/rpm", "/dataObject/unit": { "value": "1/min" } }'
        signal={mapping}
        problem={problem.value}
      />
      <div class="actions">
        <SubmitButton class="primary" disabled={action.isBusy.value || problem.value !== undefined}>
          Add the flow
        </SubmitButton>
        <Button onClick={close}>Cancel</Button>
      </div>
      <OutcomeMessage action={action} />
    </Form>
  );
}
