// What a screen reader says by itself: new alarms, and connections that change. All the rest changes too often.
import { effect, signal, untracked } from "@preact/signals";
import { newAlarm, type ShownAlarm } from "./data/alarms.ts";
import { machines } from "./data/machines.ts";
import { busState } from "./data/msb.ts";

interface Announcement {
  readonly number: number;
  readonly text: string;
}

const said = signal<readonly Announcement[]>([]);

export function Announcements() {
  return (
    <div class="visually-hidden" role="log" aria-label="Announcements">
      {said.value.map(({ number, text }) => (
        <p key={number}>{text}</p>
      ))}
    </div>
  );
}

export function followAnnouncements(): void {
  effect(() => {
    if (newAlarm.value !== undefined) {
      say(describe(newAlarm.value));
    }
  });
  onChange(
    () => busState.value.kind,
    (kind, before) => {
      if (kind === "connected") {
        say("Connected to the bus.");
      } else if (before === "connected") {
        say("The connection to the bus is lost.");
      }
    },
  );
  for (const { name, sign } of machines) {
    let wasSilent = false;
    onChange(
      () => sign.value.level,
      (level) => {
        if (level === "silent") {
          wasSilent = true;
          say(`${name}: no data.`);
        } else if (level === "live" && wasSilent) {
          wasSilent = false;
          say(`${name} is live again.`);
        }
      },
    );
  }
}

function describe({ priority, machineName, text }: ShownAlarm): string {
  return `New alarm, ${priority.toLowerCase()}: ${machineName}: ${text}`;
}

function onChange<Value>(
  read: () => Value,
  listener: (value: Value, before: Value | undefined) => void,
): void {
  let before: Value | undefined;
  effect(() => {
    const value = read();
    if (value !== before) {
      const previous = before;
      before = value;
      untracked(() => listener(value, previous));
    }
  });
}

let count = 0;

function say(text: string): void {
  count += 1;
  said.value = [...said.peek().slice(-4), { number: count, text }];
}
