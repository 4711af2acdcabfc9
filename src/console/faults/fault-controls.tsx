import { useSignal } from "@preact/signals";
import { h } from "preact";
import { REFUSALS } from "../../broker/protocol/messages.ts";
import { Button, SelectField, TextField } from "../components/fields.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { request } from "../data/api.ts";
import { faults } from "../data/broker-state.ts";
import type { ActiveFaults, AnsweredKind } from "../data/types.ts";

const KINDS = [
  ["R", "registration (R)"],
  ["E", "event (E)"],
] as const;
const SILENCES = [
  ["all", "registrations and events"],
  ["R", "registrations (R)"],
  ["E", "events (E)"],
] as const;
const REPLIES = REFUSALS.map((reply) => [reply, reply] as const);
const DEFAULT_REPLY: Readonly<Record<AnsweredKind, string>> = {
  R: "NIO_REGISTRATION_ERROR",
  E: "NIO_EVENT_FORWARDING_ERROR",
};

/** Makes a fault, and shows those that are in force then. */
export async function makeFault(fault: object): Promise<void> {
  faults.value = await request<ActiveFaults>("POST", "/broker/faults", fault);
}

/** The faults that one service can have; those of all without a uuid. */
export function FaultControls({ uuid }: { readonly uuid: string | undefined }) {
  const silence = useSignal("all");
  const kind = useSignal<AnsweredKind>("E");
  const reply = useSignal("NIO_EVENT_FORWARDING_ERROR");
  const count = useSignal("1");
  const action = useAction();
  const concerned = uuid === undefined ? {} : { uuid };
  const make = (fault: object, message: string) =>
    void action.run(async () => {
      await makeFault({ ...fault, ...concerned });
      return { isGood: true, message };
    });
  return h(
    "div",
    { class: "fault-controls" },
    h(
      "div",
      { class: "actions" },
      h(
        Button,
        {
          class: "danger",
          onClick: () => make({ type: "cut" }, "Cut: the connection ended without a close frame."),
        },
        uuid === undefined ? "Cut all connections" : "Cut the connection",
      ),
      uuid === undefined
        ? null
        : [
            h(
              Button,
              {
                class: "danger",
                onClick: () => make({ type: "halfOpen" }, "Nothing passes the connection any more."),
              },
              "Half-open",
            ),
            h(
              Button,
              { class: "danger", onClick: () => make({ type: "disconnect" }, "Closed, with a close frame.") },
              "Close in order",
            ),
          ],
    ),
    h(
      "form",
      {
        onSubmit: (event: Event) => {
          event.preventDefault();
          make({ type: "stopAcknowledging", kind: silence.value }, "Not acknowledged from now on.");
        },
      },
      h(SelectField, {
        label: "Do not acknowledge",
        value: silence.value,
        choices: SILENCES,
        onChange: (value) => {
          silence.value = value;
        },
      }),
      h("button", { type: "submit", class: "danger" }, "Stop acknowledging"),
      h(
        Button,
        { onClick: () => make({ type: "resumeAcknowledging", kind: silence.value }, "Acknowledged again.") },
        "Resume",
      ),
    ),
    h(
      "form",
      {
        onSubmit: (event: Event) => {
          event.preventDefault();
          const fault = {
            type: "refuseNext",
            kind: kind.value,
            reply: reply.value,
            count: Number(count.value),
          };
          make(fault, `The next ${count.value} will be refused.`);
        },
      },
      h(SelectField, {
        label: "Refuse the next",
        value: kind.value,
        choices: KINDS,
        onChange: (value) => {
          kind.value = value === "R" ? "R" : "E";
          reply.value = DEFAULT_REPLY[kind.value];
        },
      }),
      h(SelectField, {
        label: "with",
        class: "broad",
        value: reply.value,
        choices: REPLIES,
        onChange: (value) => {
          reply.value = value;
        },
      }),
      h(TextField, {
        label: "times",
        class: "short",
        type: "number",
        min: 1,
        max: 1_000_000,
        value: count.value,
        onInput: (value) => {
          count.value = value;
        },
      }),
      h("button", { type: "submit", class: "danger" }, "Refuse"),
    ),
    h(OutcomeText, { action }),
  );
}
