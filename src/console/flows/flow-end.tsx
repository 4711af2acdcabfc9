import { type Signal, useSignal } from "@preact/signals";
import { bind } from "../components/binding.ts";
import { type Choice, SelectField } from "../components/fields.tsx";
import { ServicePicker } from "../components/service-picker.tsx";
import { useServiceDetails } from "../data/answers.ts";
import type { SelfDescription } from "../data/types.ts";
import { shortFormat } from "../format/describe.ts";

/** An event or a function that a flow can begin or end with. */
export interface FlowPort {
  readonly id: string;
  readonly dataFormat: unknown;
}

/** One end of a new flow: a service, and one of its events or functions. */
export interface FlowEnd {
  readonly uuid: Signal<string | undefined>;
  /** What was chosen, of another service perhaps. */
  readonly id: Signal<string>;
  readonly ports: readonly FlowPort[];
  readonly port: FlowPort | undefined;
}

export function useFlowEnd(
  startUuid: string | undefined,
  startId: string | undefined,
  portsOf: (description: SelfDescription) => readonly FlowPort[],
): FlowEnd {
  const uuid = useSignal(startUuid);
  const id = useSignal(startId ?? "");
  const { value: details } = useServiceDetails(uuid.value);
  const ports = details === undefined ? [] : portsOf(details.selfDescription);
  // If there is only one, nobody has to choose it.
  const only = ports.length === 1 ? ports[0] : undefined;
  return { uuid, id, ports, port: ports.find((each) => each.id === id.value) ?? only };
}

export const eventsOf = ({ events }: SelfDescription): FlowPort[] =>
  (events ?? []).map(({ eventId, dataFormat }) => ({ id: eventId, dataFormat }));

export const functionsOf = ({ functions }: SelfDescription): FlowPort[] =>
  (functions ?? []).map(({ functionId, dataFormat }) => ({ id: functionId, dataFormat }));

interface EndFieldsProps {
  readonly serviceLabel: string;
  readonly portLabel: string;
  readonly end: FlowEnd;
}

export function EndFields({ serviceLabel, portLabel, end }: EndFieldsProps) {
  const { uuid, id, ports, port } = end;
  const chosen = bind<string>(
    () => port?.id ?? "",
    (value) => {
      id.value = value;
    },
  );
  const choices = ports.map((each): Choice => [each.id, `${each.id}: ${shortFormat(each.dataFormat)}`]);
  return (
    <>
      <ServicePicker label={serviceLabel} signal={uuid} />
      <SelectField
        label={portLabel}
        signal={chosen}
        choices={port === undefined ? [["", hintFor(end)], ...choices] : choices}
        disabled={ports.length === 0}
      />
    </>
  );
}

function hintFor({ uuid, ports }: FlowEnd): string {
  if (uuid.value === undefined) {
    return "Choose the service first";
  }
  return ports.length === 0 ? "It has none" : "Choose…";
}
