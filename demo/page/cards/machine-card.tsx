import type { ComponentChildren } from "preact";
import { activeAlarms } from "../data/alarms.ts";
import type { Machine } from "../data/machines.ts";
import { format } from "../format.ts";
import { MachineSign } from "./machine-sign.tsx";
import { Sparkline } from "./sparkline.tsx";

interface MachineCardProps {
  readonly machine: Machine<unknown>;
  readonly what: string;
  readonly value: number | undefined;
  readonly unit: string;
  /** Of the fraction. */
  readonly digits?: number;
  readonly children: ComponentChildren;
}

/** A machine: whether it is live, its main value and how that has been, and what else it says. */
export function MachineCard(props: MachineCardProps) {
  const { machine, what, value, unit, digits = 1, children } = props;
  const { id, name, sign } = machine;
  const headingId = `machine-${id}`;
  return (
    <section class={`card machine machine-${id}`} data-level={sign.value.level} aria-labelledby={headingId}>
      <div class="card-head">
        <h2 id={headingId}>{name}</h2>
        <MachineSign machine={machine} />
      </div>
      <div class="main-row">
        <p class="main-value">
          <span class="what">
            {what} <AlarmsOf machineId={id} />
          </span>
          <span class="number">{format(value, digits)}</span>
          <span class="unit"> {unit}</span>
        </p>
        <Sparkline machine={machine} digits={digits} />
      </div>
      <dl class="more-values">{children}</dl>
    </section>
  );
}

interface MoreProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
}

export function More({ label, value, unit }: MoreProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value}
        {unit === undefined ? "" : <span class="unit"> {unit}</span>}
      </dd>
    </div>
  );
}

function AlarmsOf({ machineId }: { readonly machineId: string }) {
  const count = activeAlarms.value.filter((alarm) => alarm.machineId === machineId).length;
  if (count === 0) {
    return null;
  }
  return (
    <a class="alarm-link" href="#alarms">
      {count === 1 ? "1 alarm" : `${count} alarms`}
    </a>
  );
}
