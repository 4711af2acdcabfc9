import { useSignal } from "@preact/signals";
import { Button } from "../components/button.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { request, servicePath } from "../data/api.ts";
import { goTo } from "../data/route.ts";

export interface ForgetProps {
  readonly uuid: string;
  readonly connected: boolean;
}

/** Makes the broker forget a service, after a question: what is known of it is then lost. */
export function Forget({ uuid, connected }: ForgetProps) {
  const isAsking = useSignal(false);
  const action = useAction();
  const ask = (asking: boolean) => () => {
    isAsking.value = asking;
  };
  const forget = () =>
    action.run(async () => {
      await request("DELETE", servicePath(uuid));
      goTo({ view: "overview" });
      return undefined;
    });
  const question = connected
    ? "It is connected: its connection will be closed. Most clients come back by themselves."
    : "What the broker knows of it will be lost.";
  return (
    <>
      {isAsking.value ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own.
        <div class="actions" role="group" aria-label="Forget this service?">
          <p class="hint">{question}</p>
          <Button class="danger" onClick={forget}>
            Yes, forget it
          </Button>
          <Button onClick={ask(false)}>Keep it</Button>
        </div>
      ) : (
        <div class="actions">
          <Button class="danger" onClick={ask(true)}>
            Forget it
          </Button>
        </div>
      )}
      <OutcomeMessage action={action} />
    </>
  );
}
