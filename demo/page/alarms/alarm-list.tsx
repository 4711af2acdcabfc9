import { Outcome } from "../control/outcome.tsx";
import { acknowledge, activeAlarms, alarms, type ShownAlarm, unheard } from "../data/alarms.ts";
import { timeOfDay } from "../format.ts";

export function AlarmList() {
  const { length: count } = activeAlarms.value;
  return (
    <section
      id="alarms"
      class="card alarms"
      aria-labelledby="alarms-heading"
      data-active={count > 0}
      data-empty={alarms.value.length === 0}
    >
      <div class="card-head">
        <h2 id="alarms-heading">Alarms</h2>
        <p class="count">{count === 0 ? noneWords() : `${count} active`}</p>
      </div>
      {alarms.value.length === 0 || unheard.value.length > 0 ? (
        <p class="hint">{hintOf(unheard.value.map(({ name }) => name))}</p>
      ) : null}
      {alarms.value.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be within reach of the keyboard.
        <ul class="alarm-rows" aria-labelledby="alarms-heading" tabIndex={0}>
          {alarms.value.map((alarm) => (
            <AlarmRow key={alarm.key} alarm={alarm} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Nothing that a silent machine would say is known. */
export function noneWords(): string {
  return unheard.value.length === 0 ? "none active" : "none known";
}

function hintOf(silent: readonly string[]): string {
  return silent.length === 0
    ? "All machines say that they are well. To see an alarm, set the temperature limit below the temperature."
    : `Not known of ${names.format(silent)}: no data at the moment.`;
}

const names = new Intl.ListFormat("en-GB");

function AlarmRow({ alarm }: { readonly alarm: ShownAlarm }) {
  const { active, acknowledged, priority, text, machineName, since, request } = alarm;
  const isOpen = active && !acknowledged;
  return (
    <li class="alarm" data-priority={priority} data-state={stateOf(alarm)}>
      <p class="alarm-head">
        <span class="priority">{PRIORITY_WORDS[priority]}</span>
        <span class="alarm-machine">{machineName}</span>
        <span class="alarm-state">{stateOf(alarm)}</span>
        <time dateTime={new Date(since).toISOString()}>{timeOfDay(since)}</time>
      </p>
      <div class="alarm-body">
        <p class="alarm-text">{text}</p>
        {isOpen ? (
          <button
            type="button"
            aria-label={`Acknowledge: ${text}`}
            aria-disabled={request.value?.state === "asked"}
            onClick={(event) => void acknowledgeHere(alarm, event.currentTarget)}
          >
            Acknowledge
          </button>
        ) : null}
      </div>
      {isOpen ? <Outcome request={request.value} /> : null}
    </li>
  );
}

/** The button goes with what it does: the focus then stays with the list. */
async function acknowledgeHere(alarm: ShownAlarm, button: HTMLElement): Promise<void> {
  if (alarm.request.value?.state === "asked") {
    return;
  }
  const list = button.closest<HTMLElement>(".alarm-rows");
  await acknowledge(alarm);
  await new Promise(requestAnimationFrame);
  if (document.activeElement === document.body) {
    list?.focus();
  }
}

const PRIORITY_WORDS = { LOW: "low", MEDIUM: "medium", HIGH: "high" } as const;

function stateOf({ active, acknowledged }: ShownAlarm): string {
  if (!active) {
    return "over";
  }
  return acknowledged ? "acknowledged" : "active";
}
