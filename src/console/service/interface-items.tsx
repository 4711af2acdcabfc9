import { h } from "preact";
import { Button } from "../components/fields.tsx";
import { goTo } from "../data/route.ts";
import type { DescribedEvent, DescribedFunction } from "../data/types.ts";
import { draft } from "../flows/draft.ts";
import { shortFormat } from "../format/describe.ts";
import { CallForm } from "./call-form.tsx";
import { EventForm } from "./event-form.tsx";
import { FormatView } from "./format-view.tsx";

interface EventProps {
  readonly uuid: string;
  readonly event: DescribedEvent;
}

export function EventItem({ uuid, event }: EventProps) {
  const { eventId, name, description, dataFormat } = event;
  const startFlow = () => {
    draft.value = { fromUuid: uuid, eventId };
    goTo({ view: "flows" });
  };
  return h(
    "details",
    { class: "item" },
    h(Summary, { id: eventId, name, dataFormat }),
    description ? h("p", null, description) : null,
    h(FormatView, { dataFormat }),
    h(EventForm, { uuid, event }),
    h(Button, { class: "link", onClick: startFlow }, "New flow from this event…"),
  );
}

interface FunctionProps {
  readonly uuid: string;
  readonly described: DescribedFunction;
  readonly events: readonly DescribedEvent[];
}

export function FunctionItem({ uuid, described, events }: FunctionProps) {
  const { functionId, name, description, dataFormat, responseEvents } = described;
  const answers = (responseEvents ?? []).map(
    (id) => events.find((event) => event["@id"] === id)?.eventId ?? String(id),
  );
  const startFlow = () => {
    draft.value = { toUuid: uuid, functionId };
    goTo({ view: "flows" });
  };
  return h(
    "details",
    { class: "item" },
    h(Summary, { id: functionId, name, dataFormat, answers }),
    description ? h("p", null, description) : null,
    h(FormatView, { dataFormat }),
    answers.length === 0 ? null : h("p", { class: "hint" }, "Answers with ", answers.join(", "), "."),
    h(CallForm, { uuid, described }),
    h(Button, { class: "link", onClick: startFlow }, "New flow to this function…"),
  );
}

interface SummaryProps {
  readonly id: string;
  readonly name: string | null | undefined;
  readonly dataFormat: unknown;
  readonly answers?: readonly string[];
}

function Summary({ id, name, dataFormat, answers = [] }: SummaryProps) {
  return h(
    "summary",
    null,
    h("code", null, id),
    name && name !== id ? h("span", null, name) : null,
    h("small", null, shortFormat(dataFormat), answers.length === 0 ? "" : ` → ${answers.join(", ")}`),
  );
}
