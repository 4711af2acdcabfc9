import { useSignal } from "@preact/signals";
import { h } from "preact";
import { Button } from "../components/fields.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { request, servicePath } from "../data/api.ts";
import { goTo } from "../data/route.ts";

export interface ForgetProps {
  readonly uuid: string;
  readonly connected: boolean;
}

/** Makes the broker forget a service, after a question: what is known of it is then lost. */
export function Forget({ uuid, connected }: ForgetProps) {
  const isAsking = useSignal(false);
  const forget = useAction();
  const ask = (asking: boolean) => () => {
    isAsking.value = asking;
  };
  const confirm = () =>
    void forget.run(async () => {
      await request("DELETE", servicePath(uuid));
      goTo({ view: "overview" });
      return undefined;
    });
  const question = connected
    ? "It is connected: its connection will be closed. Most clients come back by themselves."
    : "What the broker knows of it will be lost.";
  return [
    isAsking.value
      ? h(
          "div",
          { class: "actions", role: "group", "aria-label": "Forget this service?" },
          h("p", { class: "hint" }, question),
          h(Button, { class: "danger", onClick: confirm }, "Yes, forget it"),
          h(Button, { onClick: ask(false) }, "Keep it"),
        )
      : h("div", { class: "actions" }, h(Button, { class: "danger", onClick: ask(true) }, "Forget it")),
    h(OutcomeText, { action: forget }),
  ];
}
