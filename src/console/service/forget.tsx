import { Button } from "../components/button.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { ask } from "../components/question.tsx";
import { request, servicePath } from "../data/api.ts";
import { goTo } from "../data/route.ts";

export interface ForgetProps {
  readonly uuid: string;
  readonly connected: boolean;
}

/** Makes the broker forget a service, after a question: what is known of it is then lost. */
export function Forget({ uuid, connected }: ForgetProps) {
  const action = useAction();
  const forget = async () => {
    const isSure = await ask({
      title: "Forget this service?",
      text: connected
        ? "It is connected: its connection will be closed. Most clients come back by themselves."
        : "What the broker knows of it will be lost.",
      yes: "Yes, forget it",
      no: "Keep it",
    });
    if (isSure) {
      action.run(async () => {
        await request("DELETE", servicePath(uuid));
        goTo({ view: "overview" });
        return undefined;
      });
    }
  };
  return (
    <>
      <div class="actions">
        <Button class="danger" sends onClick={() => void forget()}>
          Forget it
        </Button>
      </div>
      <OutcomeMessage action={action} />
    </>
  );
}
