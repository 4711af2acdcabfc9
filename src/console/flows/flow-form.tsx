import { useComputed, useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, SelectField, TextArea } from "../components/fields.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { ServicePicker } from "../components/service-picker.tsx";
import { request } from "../data/api.ts";
import { refresh } from "../data/broker-state.ts";
import { useDetails } from "../data/details.ts";
import { shortFormat } from "../format/describe.ts";
import { draft, type FlowDraft } from "./draft.ts";
import { checkMappingText, suggestMapping } from "./mapping-text.ts";

interface FormProps {
  readonly start: FlowDraft;
  /** `replaced` is the id of the flow whose place it took. */
  readonly onAdded: (id: number, replaced: number | undefined) => void;
}

/** A new flow: an event, a function, and perhaps a mapping. */
export function FlowForm({ start, onAdded }: FormProps) {
  const fromUuid = useSignal(start.fromUuid);
  const toUuid = useSignal(start.toUuid);
  const eventId = useSignal(start.eventId ?? "");
  const functionId = useSignal(start.functionId ?? "");
  const mapping = useSignal("");
  const problem = useComputed(() => checkMappingText(mapping.value));
  const action = useAction();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const events = useDetails(fromUuid.value).details?.selfDescription.events ?? [];
  const functions = useDetails(toUuid.value).details?.selfDescription.functions ?? [];
  // Where there is only one, nobody has to choose it.
  const event = events.find((each) => each.eventId === eventId.value) ?? only(events);
  const target = functions.find((each) => each.functionId === functionId.value) ?? only(functions);

  const add = () =>
    action.run(async () => {
      if (
        fromUuid.value === undefined ||
        toUuid.value === undefined ||
        event === undefined ||
        target === undefined
      ) {
        throw new Error("Choose a service and its event, and a service and its function.");
      }
      const { id, replaced } = await request<{ id: number; replaced?: number }>("POST", "/broker/flows", {
        from: { uuid: fromUuid.value, eventId: event.eventId },
        to: { uuid: toUuid.value, functionId: target.functionId },
        ...(mapping.value.trim() === "" ? {} : { mapping: JSON.parse(mapping.value) }),
      });
      await refresh();
      onAdded(id, replaced);
      draft.value = undefined;
      return undefined;
    });
  const differ =
    event !== undefined &&
    target !== undefined &&
    shortFormat(event.dataFormat) !== shortFormat(target.dataFormat);
  return h(
    "form",
    {
      ref: form,
      class: "card flow-form",
      "aria-label": "New flow",
      onSubmit: (submitted) => {
        submitted.preventDefault();
        void add();
      },
      onKeyDown: (pressed) => {
        if (pressed.key === "Escape" && !pressed.defaultPrevented) {
          draft.value = undefined;
        }
      },
    },
    h(
      "div",
      { class: "ends" },
      h(ServicePicker, {
        label: "From the service",
        uuid: fromUuid.value,
        onPick: (uuid) => {
          fromUuid.value = uuid;
        },
      }),
      h(SelectField, {
        label: "its event",
        value: event?.eventId ?? "",
        disabled: events.length === 0,
        choices: [
          choose(event === undefined, fromUuid.value, events.length),
          ...events.map(
            (each) => [each.eventId, `${each.eventId}: ${shortFormat(each.dataFormat)}`] as const,
          ),
        ].filter(isPresent),
        onChange: (value) => {
          eventId.value = value;
        },
      }),
      h(ServicePicker, {
        label: "To the service",
        uuid: toUuid.value,
        onPick: (uuid) => {
          toUuid.value = uuid;
        },
      }),
      h(SelectField, {
        label: "its function",
        value: target?.functionId ?? "",
        disabled: functions.length === 0,
        choices: [
          choose(target === undefined, toUuid.value, functions.length),
          ...functions.map(
            (each) => [each.functionId, `${each.functionId}: ${shortFormat(each.dataFormat)}`] as const,
          ),
        ].filter(isPresent),
        onChange: (value) => {
          functionId.value = value;
        },
      }),
    ),
    differ
      ? h(
          "p",
          { class: "hint" },
          "The formats differ, so that a mapping is probably needed. ",
          h(
            Button,
            {
              class: "link",
              onClick: () => {
                mapping.value = suggestMapping(event.dataFormat, target.dataFormat);
              },
            },
            "Suggest one",
          ),
        )
      : null,
    h(TextArea, {
      label:
        "Mapping (JSON, optional): places in the function's parameters, and where their values come from",
      placeholder: '{ "/dataObject/speed": "/dataObject/rpm", "/dataObject/unit": { "value": "1/min" } }',
      value: mapping.value,
      problem: problem.value,
      onInput: (value) => {
        mapping.value = value;
      },
    }),
    h(
      "div",
      { class: "actions" },
      h(
        "button",
        { type: "submit", class: "primary", disabled: action.isBusy.value || problem.value !== undefined },
        "Add the flow",
      ),
      h(
        Button,
        {
          onClick: () => {
            draft.value = undefined;
          },
        },
        "Cancel",
      ),
    ),
    h(OutcomeText, { action }),
  );
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function choose(
  isOpen: boolean,
  uuid: string | undefined,
  count: number,
): readonly [string, string] | undefined {
  if (!isOpen) {
    return undefined;
  }
  const text = uuid === undefined ? "Choose the service first" : count === 0 ? "It has none" : "Choose…";
  return ["", text];
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
