import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { SubmitButton } from "../components/button.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage, type Success, useAction } from "../components/outcome.tsx";
import { type Copies, CopyAs } from "./copy-as.tsx";
import { type Payload, PayloadInput, type PayloadMember } from "./payload.tsx";

interface PayloadFormProps {
  readonly label: string;
  readonly payload: Payload;
  readonly member: PayloadMember;
  readonly dataFormat: unknown;
  readonly submitLabel: string;
  readonly send: () => Promise<Success>;
  /** Whether what does not fit is not sent. */
  readonly isChecked: boolean;
  /** More fields. */
  readonly options: ComponentChildren;
  readonly copies: Copies;
}

/** Sends an event or a call: a payload, and some options. */
export function PayloadForm(props: PayloadFormProps) {
  const { label, payload, member, dataFormat, submitLabel, send, isChecked, options, copies } = props;
  const action = useAction();
  const place = useRef<HTMLDivElement>(null);
  const submit = () => {
    action.run(send);
    if (isChecked) {
      // What has to be changed first.
      place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  };
  return (
    <div class="payload" ref={place}>
      <Form aria-label={label} onSubmit={submit}>
        <PayloadInput payload={payload} member={member} dataFormat={dataFormat} />
        <div class="send">
          <SubmitButton class="primary">{submitLabel}</SubmitButton>
          {options}
        </div>
        <OutcomeMessage action={action} />
      </Form>
      <CopyAs copies={copies} />
    </div>
  );
}
