// What the machines raise the alarm about: each alarm from its beginning to its end.
import { computed, type Signal, signal } from "@preact/signals";
import type { Alarm } from "../../contracts/alarm.ts";
import type { Dashboard } from "../../dashboard.ts";
import { conveyor, type Machine, machines, press, robot } from "./machines.ts";
import { dashboard } from "./msb.ts";
import { ANSWER_MS, ask, type Request } from "./requests.ts";

type MachineId = "press" | "conveyor" | "robot";

export interface ShownAlarm extends Alarm {
  /** Of all machines. */
  readonly key: string;
  readonly machineId: MachineId;
  readonly machineName: string;
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  /** What became of the last request to acknowledge it. */
  readonly request: Signal<Request | undefined>;
}

const MACHINES: Readonly<Record<MachineId, Machine<unknown>>> = { press, conveyor, robot };

/** A live machine tells its alarms every few seconds. One that it has not told for so many is over: the machine has been restarted. */
const UNTOLD_SECONDS = 15;

/** Those that are over stay, so that one can read what it was; the oldest of them make room. */
const MOST_OVER = 20;

const PRIORITIES = ["LOW", "MEDIUM", "HIGH"] as const;

/** For how many seconds of a live machine each active one has not been told. */
const untold = new Map<string, number>();

const known = signal<ReadonlyMap<string, ShownAlarm>>(new Map());

/** Those to be acknowledged first, then the rest of the active ones, then those that are over; of each the most urgent, and the newest, first. */
export const alarms = computed(() => [...known.value.values()].sort(inOrder));
export const activeAlarms = computed(() => alarms.value.filter(({ active }) => active));

/** Machines that are silent: whether they have an alarm is not known. */
export const unheard = computed(() => machines.filter(({ sign }) => sign.value.level !== "live"));

/** The last one that has begun: to be said aloud. */
export const newAlarm = signal<ShownAlarm | undefined>(undefined);

export function followAlarms(from: Dashboard): void {
  from.press.on("ALARM", (alarm) => learn("press", alarm));
  from.conveyor.on("ALARM", (alarm) => learn("conveyor", alarm));
  from.robot.on("ALARM", (alarm) => learn("robot", alarm));
  setInterval(endUntold, 1_000);
}

export async function acknowledge({ id, machineId, request }: ShownAlarm): Promise<void> {
  const machine = MACHINES[machineId];
  await ask(request, machine, `asked ${machine.name} …`, async () => {
    await callOf(machineId, id);
    return "acknowledged";
  });
}

/** A counterpart has a type of its own for each machine. */
function callOf(machineId: MachineId, id: string): Promise<unknown> | undefined {
  const options = { timeout: ANSWER_MS };
  switch (machineId) {
    case "press":
      return dashboard.value?.press.call("ACKNOWLEDGE", id, options);
    case "conveyor":
      return dashboard.value?.conveyor.call("ACKNOWLEDGE", id, options);
    case "robot":
      return dashboard.value?.robot.call("ACKNOWLEDGE", id, options);
  }
}

function learn(machineId: MachineId, alarm: Alarm): void {
  const key = `${machineId} ${alarm.id}`;
  untold.set(key, 0);
  const before = known.value.get(key);
  const since = Date.parse(alarm.at);
  // What comes late does not bring an older alarm back.
  if (before !== undefined && since < before.since) {
    return;
  }
  const isNew = alarm.active && (before === undefined || !before.active || since > before.since);
  // A page that has just come does not care for what is over.
  if (!alarm.active && before === undefined) {
    return;
  }
  const shown: ShownAlarm = {
    ...alarm,
    key,
    machineId,
    machineName: MACHINES[machineId].name,
    since,
    request: before === undefined || isNew ? signal(undefined) : before.request,
  };
  known.value = withAlarm(shown);
  if (isNew) {
    newAlarm.value = shown;
  }
}

/** What a silent machine would say is not known: its alarms stay. */
function endUntold(): void {
  for (const alarm of activeAlarms.value) {
    if (MACHINES[alarm.machineId].sign.value.level === "live") {
      const seconds = (untold.get(alarm.key) ?? 0) + 1;
      untold.set(alarm.key, seconds);
      if (seconds > UNTOLD_SECONDS) {
        known.value = withAlarm({ ...alarm, active: false });
      }
    }
  }
}

function withAlarm(shown: ShownAlarm): ReadonlyMap<string, ShownAlarm> {
  const all = new Map(known.value).set(shown.key, shown);
  const over = [...all.values()].filter(({ active }) => !active).sort(inOrder);
  for (const { key } of over.slice(MOST_OVER)) {
    all.delete(key);
    untold.delete(key);
  }
  return all;
}

function inOrder(a: ShownAlarm, b: ShownAlarm): number {
  return rank(b) - rank(a) || urgency(b) - urgency(a) || b.since - a.since;
}

function rank({ active, acknowledged }: Alarm): number {
  return active ? (acknowledged ? 1 : 2) : 0;
}

/** Of those that are over only the time counts. */
function urgency({ active, priority }: Alarm): number {
  return active ? PRIORITIES.indexOf(priority) : 0;
}
