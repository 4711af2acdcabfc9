import { activeAlarms, unheard } from "../data/alarms.ts";
import { lastDataAt } from "../data/machines.ts";
import { session } from "../data/msb.ts";
import { switchTheme, theme } from "../data/theme.ts";
import { timeOfDay } from "../format.ts";
import { BusSign } from "./bus-sign.tsx";
import { OtherDevices } from "./other-devices.tsx";

export function Header() {
  return (
    <header class="top">
      <a class="skip" href="#main">
        Skip to the machines
      </a>
      <h1>Plant</h1>
      <BusSign />
      <AlarmCount />
      <p class="last-data">
        last data <time>{lastDataAt.value === undefined ? "–" : timeOfDay(lastDataAt.value)}</time>
      </p>
      <nav aria-label="Elsewhere">
        <OtherDevices />
        {session.value === undefined ? null : (
          <a class="button quiet" href={session.value.consoleUrl} target="_blank" rel="noopener">
            Console
          </a>
        )}
        <button type="button" class="quiet" onClick={switchTheme}>
          {theme.value === "dark" ? "Light" : "Dark"}
          <span class="visually-hidden"> colours</span>
        </button>
      </nav>
    </header>
  );
}

/** With the most urgent one in words: the list may be below what fits on the screen. */
function AlarmCount() {
  const { length: count, 0: first } = activeAlarms.value;
  if (first === undefined) {
    return (
      <a class="alarm-count" href="#alarms" data-active={false}>
        {unheard.value.length === 0 ? "no alarms" : "no alarms known"}
      </a>
    );
  }
  return (
    <a class="alarm-count" href="#alarms" data-active={true}>
      {count === 1 ? "1 alarm" : `${count} alarms`} · {first.machineName}: {first.text}
    </a>
  );
}
