import { type Signal, useSignal } from "@preact/signals";
import { Button, SubmitButton } from "../components/button.tsx";
import { TextField } from "../components/fields.tsx";
import { Form } from "../components/form.tsx";
import { OutcomeMessage } from "../components/outcome.tsx";
import { ServicePicker } from "../components/service-picker.tsx";
import { inAddress } from "../data/address.ts";
import { request } from "../data/api.ts";
import { faults } from "../data/broker-state.ts";
import type { ActiveFaults } from "../data/types.ts";
import { describeFaults } from "./describe-faults.ts";
import { useFaultAction } from "./fault-action.ts";
import { FaultControls } from "./fault-controls.tsx";

/** In milliseconds. */
const USUAL_DELAY = "500";
const USUAL_DOWNTIME = "1000";

/** The service that a new fault concerns; `undefined` for all. */
const uuid = inAddress("concerns");

export function FaultsView() {
  return (
    <>
      <h2>Faults</h2>
      <InForce />
      <div class="beside-each-other">
        <section class="card">
          <h3>Of services</h3>
          <ServicePicker label="Concerns" placeholder="All services (type to choose one)" signal={uuid} />
          <FaultControls key={uuid.value ?? ""} uuid={uuid.value} />
        </section>
        <OfTheBroker />
      </div>
    </>
  );
}

function InForce() {
  const { action, make } = useFaultAction();
  const active = describeFaults(faults.value);
  const endAll = () =>
    action.run(async () => {
      faults.value = await request<ActiveFaults>("DELETE", "/broker/faults");
      return { message: "All faults have ended." };
    });
  return (
    <section class="card" aria-label="Faults in force">
      <h3>In force</h3>
      {active.length === 0 ? (
        <p class="hint">None.</p>
      ) : (
        <>
          <ul class="in-force">
            {active.map(({ description, end: ending }) => (
              <li key={description}>
                {description}
                {ending && (
                  <Button class="link" sends label={`End: ${description}`} onClick={() => make(ending)}>
                    End
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <Button class="primary" sends onClick={endAll}>
            End all faults
          </Button>
        </>
      )}
      <OutcomeMessage action={action} />
    </section>
  );
}

function OfTheBroker() {
  const delay = useSignal(USUAL_DELAY);
  const downtime = useSignal(USUAL_DOWNTIME);
  const { action, make } = useFaultAction();
  const makeDelay = () =>
    make({ type: "delay", milliseconds: Number(delay.value) }, `Everything is sent ${delay.value} ms late.`);
  const restart = () =>
    make(
      { type: "restart", downtime: Number(downtime.value) },
      "It restarts. Flows and remembered services stay.",
    );
  return (
    <section class="card">
      <h3>Of the broker</h3>
      <Form
        onSubmit={makeDelay}
        onDiscard={() => {
          delay.value = USUAL_DELAY;
        }}
      >
        <MillisecondsField label="Send everything late by (ms)" signal={delay} />
        <SubmitButton class="danger">Delay</SubmitButton>
      </Form>
      <Form
        onSubmit={restart}
        onDiscard={() => {
          downtime.value = USUAL_DOWNTIME;
        }}
      >
        <MillisecondsField label="Restart after a pause of (ms)" signal={downtime} />
        <SubmitButton class="danger">Restart</SubmitButton>
      </Form>
      <OutcomeMessage action={action} />
    </section>
  );
}

function MillisecondsField(props: { readonly label: string; readonly signal: Signal<string> }) {
  return <TextField {...props} type="number" required min={0} max={600_000} />;
}
