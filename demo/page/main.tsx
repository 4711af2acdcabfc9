// The dashboard of the plant: this page is a client of the MSB as well.
import { render } from "preact";
import { followAnnouncements } from "./announcements.tsx";
import { App } from "./app.tsx";
import { keepHistory } from "./chart/record.ts";
import { followAlarms } from "./data/alarms.ts";
import { startClock } from "./data/clock.ts";
import { followMachines } from "./data/machines.ts";
import { start } from "./data/msb.ts";
import { watchPlant } from "./data/plant.ts";
import { followRecorded } from "./data/recorded.ts";
import { compareClocks } from "./data/session.ts";
import { followSettings } from "./data/settings.ts";
import { followTheme } from "./data/theme.ts";
import { followTitle } from "./title.ts";

const root = document.getElementById("plant");
if (root !== null) {
  followTheme();
  startClock((leap) => void compareClocks(leap));
  watchPlant();
  keepHistory();
  followRecorded();
  followSettings();
  followTitle();
  followAnnouncements();
  render(<App />, root);
  await start((dashboard) => {
    followMachines(dashboard);
    followAlarms(dashboard);
  });
}
