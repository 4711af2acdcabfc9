import { useSignal } from "@preact/signals";
import { h } from "preact";
import { Button, TextField } from "../components/fields.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { ServicePicker } from "../components/service-picker.tsx";
import { request } from "../data/api.ts";
import { faults } from "../data/broker-state.ts";
import type { ActiveFaults } from "../data/types.ts";
import { describeFaults } from "./describe-faults.ts";
import { FaultControls, makeFault } from "./fault-controls.tsx";

export function FaultsView() {
  const uuid = useSignal<string | undefined>(undefined);
  return [
    h("h2", null, "Faults"),
    h(InForce, null),
    h(
      "section",
      { class: "card" },
      h("h3", null, "Of services"),
      h(ServicePicker, {
        label: "Concerns",
        placeholder: "All services (type to choose one)",
        uuid: uuid.value,
        onPick: (picked) => {
          uuid.value = picked;
        },
      }),
      h(FaultControls, { key: uuid.value ?? "", uuid: uuid.value }),
    ),
    h(OfTheBroker, null),
  ];
}

function InForce() {
  const action = useAction();
  const active = describeFaults(faults.value);
  const endAll = () =>
    action.run(async () => {
      faults.value = await request<ActiveFaults>("DELETE", "/broker/faults");
      return { isGood: true, message: "All faults have ended." };
    });
  const end = (fault: object) =>
    action.run(async () => {
      await makeFault(fault);
      return undefined;
    });
  return h(
    "section",
    { class: "card", "aria-label": "Faults in force" },
    h("h3", null, "In force"),
    active.length === 0
      ? h("p", { class: "hint" }, "None.")
      : h(
          "ul",
          { class: "in-force" },
          active.map(({ text, end: fault }) =>
            h(
              "li",
              { key: text },
              text,
              fault === undefined
                ? null
                : h(Button, { class: "link", label: `End: ${text}`, onClick: () => void end(fault) }, "End"),
            ),
          ),
        ),
    active.length === 0
      ? null
      : h(Button, { class: "primary", onClick: () => void endAll() }, "End all faults"),
    h(OutcomeText, { action }),
  );
}

function OfTheBroker() {
  const delay = useSignal("500");
  const downtime = useSignal("1000");
  const action = useAction();
  const make = (fault: object, message: string) => (event: Event) => {
    event.preventDefault();
    void action.run(async () => {
      await makeFault(fault);
      return { isGood: true, message };
    });
  };
  const field = (label: string, value: typeof delay) =>
    h(TextField, {
      ...{ label, class: "short", type: "number", min: 0, max: 600_000, value: value.value },
      onInput: (typed: string) => {
        value.value = typed;
      },
    });
  const late = { type: "delay", milliseconds: Number(delay.value) };
  const restart = { type: "restart", downtime: Number(downtime.value) };
  return h(
    "section",
    { class: "card" },
    h("h3", null, "Of the broker"),
    h(
      "form",
      { onSubmit: make(late, `Everything is sent ${delay.value} ms late.`) },
      field("Send everything late, by milliseconds", delay),
      h("button", { type: "submit", class: "danger" }, "Delay"),
    ),
    h(
      "form",
      { onSubmit: make(restart, "It restarts. Flows and remembered services stay.") },
      field("Restart, after a pause of milliseconds", downtime),
      h("button", { type: "submit", class: "danger" }, "Restart"),
    ),
    h(OutcomeText, { action }),
  );
}
