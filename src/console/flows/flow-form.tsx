import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { request, withJson } from "../data/api.ts";
import { flows, refresh } from "../data/broker-state.ts";
import { findSameEnds, ORIGINS } from "./describe-flow.ts";
import { draft, type FlowDraft } from "./draft.ts";
import { EndFields, eventsOf, functionsOf, useFlowEnd } from "./flow-end.tsx";
import { assess } from "./mapping/assess.ts";
import { useLastEvent } from "./mapping/last-event.ts";
import { MappingEditor } from "./mapping/mapping-editor.tsx";
import { readMappingText, writeMapping } from "./mapping/mapping-text.ts";
import { suggestMapping } from "./mapping/suggest.ts";
import { useReturnedFocus } from "./returned-focus.ts";

interface FormProps {
  readonly start: FlowDraft;
  /** `replaced` is the id of the flow whose place it took. */
  readonly onAdded: (id: number, replaced: number | undefined) => void;
}

/** A new flow, or a changed one: an event, a function, and perhaps a mapping. */
export function FlowForm({ start, onAdded }: FormProps) {
  const from = useFlowEnd(start.fromUuid, start.eventId, eventsOf);
  const to = useFlowEnd(start.toUuid, start.functionId, functionsOf);
  const event = from.port;
  const target = to.port;
  const mapping = useSignal(writeMapping(start.changed?.mapping));
  /** What the form itself has written: as long as it stays, other ends bring another one. */
  const proposed = useSignal(start.changed === undefined ? mapping.value : undefined);
  const read = useComputed(() => readMappingText(mapping.value)).value;
  const sample = useLastEvent(from.uuid.value, event?.id);
  const action = useAction();
  const form = useRef<HTMLFormElement>(null);
  useReturnedFocus(form);

  const ends = `${from.uuid.value} ${event?.id} ${to.uuid.value} ${target?.id}`;
  useEffect(() => {
    if (event !== undefined && target !== undefined && mapping.peek() === proposed.peek()) {
      mapping.value = writeMapping(suggestMapping(event.dataFormat, target.dataFormat));
      proposed.value = mapping.value;
    }
  }, [ends]);

  const assessment =
    event !== undefined && target !== undefined && read.problem === undefined
      ? assess(read.mapping, event.dataFormat, target.dataFormat)
      : { rows: [], problems: [] };
  const replaced =
    from.uuid.value !== undefined &&
    to.uuid.value !== undefined &&
    event !== undefined &&
    target !== undefined
      ? findSameEnds(
          flows.value,
          { uuid: from.uuid.value, eventId: event.id },
          { uuid: to.uuid.value, functionId: target.id },
        )
      : undefined;
  const close = () => {
    draft.value = undefined;
  };
  const isChanged = () =>
    mapping.value !== (proposed.value ?? writeMapping(start.changed?.mapping)) ||
    from.uuid.value !== start.fromUuid ||
    to.uuid.value !== start.toUuid;
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
      const flow = {
        from: { uuid: from.uuid.value, eventId: event.id },
        to: { uuid: to.uuid.value, functionId: target.id },
      };
      const body = read.mapping === undefined ? flow : withJson(flow, "mapping", mapping.value);
      const added = await request<{ id: number; replaced?: number }>(
        "POST",
        "/broker/flows?origin=console",
        body,
      );
      await refresh();
      onAdded(added.id, added.replaced);
      close();
      return undefined;
    });
  const isWrong = read.problem !== undefined || assessment.problems.length > 0;
  return (
    <Form
      ref={form}
      class="card flow-form"
      aria-label={start.changed === undefined ? "New flow" : `Change flow ${start.changed.id}`}
      onSubmit={() => {
        if (!isWrong) {
          add();
        }
      }}
      onDiscard={close}
      isChanged={isChanged}
    >
      <h3>{start.changed === undefined ? "New flow" : `Change flow #${start.changed.id}`}</h3>
      <div class="ends">
        <EndFields serviceLabel="From the service" portLabel="its event" end={from} />
        <EndFields serviceLabel="To the service" portLabel="its function" end={to} />
      </div>
      {event && target && (
        <MappingEditor
          json={mapping}
          read={read}
          assessment={assessment}
          eventFormat={event.dataFormat}
          functionFormat={target.dataFormat}
          sample={sample}
        />
      )}
      <div class="flow-warnings" role="status">
        {replaced && (
          <p class="warning">
            Replaces flow #{replaced.id} ({ORIGINS[replaced.origin][0]}), which has the same ends.
          </p>
        )}
        {assessment.problems.length > 0 && (
          <div class="outcome bad">
            <p>With this mapping calls would fail:</p>
            <ul>
              {assessment.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <div class="actions">
        {/* Not `disabled`: it has the focus when the form opens filled, and would lose it. */}
        <button type="submit" class="primary" aria-disabled={action.isBusy.value || isWrong}>
          {start.changed === undefined ? "Add the flow" : "Save the flow"}
        </button>
        {assessment.problems.length > 0 && (
          <Button class="danger" onClick={add}>
            {start.changed === undefined ? "Add anyway" : "Save anyway"}
          </Button>
        )}
        <Button onClick={close}>Cancel</Button>
      </div>
      <OutcomeMessage action={action} />
    </Form>
  );
}
