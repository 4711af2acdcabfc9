import { activeAlarms } from "../data/alarms.ts";
import { noneWords } from "./alarm-list.tsx";

/** On a phone: how many alarms there are, beside the machines. The list follows them. */
export function AlarmTile() {
  const { value: active } = activeAlarms;
  const high = active.filter(({ priority }) => priority === "HIGH").length;
  return (
    <a class="card alarm-tile" href="#alarms" data-active={active.length > 0}>
      <span class="tile-name">Alarms</span>
      <span class="number">{active.length}</span>
      <span class="what">
        {active.length === 0 ? noneWords() : high === 0 ? "active" : `active, ${high} of them high`}
      </span>
    </a>
  );
}
