import { useSignal } from "@preact/signals";
import { REFUSALS, type Refusal } from "../../broker/protocol/refusals.ts";
import { bind } from "../components/binding.ts";
import { Button, SubmitButton } from "../components/button.tsx";
import { SelectField, TextField } from "../components/fields.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage } from "../components/outcome.tsx";
import type { AnsweredKind } from "../data/types.ts";
import { MESSAGES } from "./describe-faults.ts";
import { type MakeFault, useFaultAction } from "./fault-action.ts";

const SILENCES = [
  ["all", "registrations and events"],
  ["R", MESSAGES.R],
  ["E", MESSAGES.E],
] as const;
const KINDS = [
  ["R", "registration (R)"],
  ["E", "event (E)"],
] as const;
const REPLIES = REFUSALS.map((reply) => [reply, reply] as const);
const USUAL_REPLY: Readonly<Record<AnsweredKind, Refusal>> = {
  R: "NIO_REGISTRATION_ERROR",
  E: "NIO_EVENT_FORWARDING_ERROR",
};

interface MakeProps {
  readonly make: MakeFault;
}

/** The faults that one service can have; those of all without a uuid. */
export function FaultControls({ uuid }: { readonly uuid: string | undefined }) {
  const { action, make } = useFaultAction(uuid);
  return (
    <div class="fault-controls">
      <div class="actions">
        <Button
          class="danger"
          sends
          onClick={() => make({ type: "cut" }, "Cut: the connection ended without a close frame.")}
        >
          {uuid === undefined ? "Cut all connections" : "Cut the connection"}
        </Button>
        {uuid !== undefined && (
          <>
            <Button
              class="danger"
              sends
              onClick={() => make({ type: "halfOpen" }, "Nothing passes the connection any more.")}
            >
              Half-open
            </Button>
            <Button
              class="danger"
              sends
              onClick={() => make({ type: "disconnect" }, "Closed, with a close frame.")}
            >
              Close with a goodbye
            </Button>
          </>
        )}
      </div>
      <SilenceForm make={make} />
      <RefusalForm make={make} />
      <OutcomeMessage action={action} />
    </div>
  );
}

function SilenceForm({ make }: MakeProps) {
  const kind = useSignal<AnsweredKind | "all">("all");
  return (
    <Form
      onSubmit={() => make({ type: "stopAcknowledging", kind: kind.value }, "Not acknowledged from now on.")}
    >
      <SelectField label="Do not acknowledge" signal={kind} choices={SILENCES} />
      <SubmitButton class="danger">Stop acknowledging</SubmitButton>
      <Button
        sends
        onClick={() => make({ type: "resumeAcknowledging", kind: kind.value }, "Acknowledged again.")}
      >
        Resume
      </Button>
    </Form>
  );
}

function RefusalForm({ make }: MakeProps) {
  const kind = useSignal<AnsweredKind>("E");
  const reply = useSignal<Refusal>(USUAL_REPLY.E);
  const count = useSignal("1");
  const kindAndReply = bind<AnsweredKind>(
    () => kind.value,
    (chosen) => {
      kind.value = chosen;
      reply.value = USUAL_REPLY[chosen];
    },
  );
  const refuse = () => {
    const fault = {
      type: "refuseNext",
      kind: kind.value,
      reply: reply.value,
      count: Number(count.value),
    };
    make(fault, `The next ${count.value} will be refused.`);
  };
  const startAnew = () => {
    kindAndReply.value = "E";
    count.value = "1";
  };
  return (
    <Form onSubmit={refuse} onDiscard={startAnew}>
      <SelectField label="Refuse the next" signal={kindAndReply} choices={KINDS} />
      <SelectField label="with" class="broad" signal={reply} choices={REPLIES} />
      <TextField label="times" class="short" type="number" required min={1} max={1_000_000} signal={count} />
      <SubmitButton class="danger">Refuse</SubmitButton>
    </Form>
  );
}
