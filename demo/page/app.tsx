import { AlarmList } from "./alarms/alarm-list.tsx";
import { AlarmTile } from "./alarms/alarm-tile.tsx";
import { Announcements } from "./announcements.tsx";
import { ConveyorCard } from "./cards/conveyor-card.tsx";
import { PressCard } from "./cards/press-card.tsx";
import { RobotCard } from "./cards/robot-card.tsx";
import { Chart } from "./chart/index.tsx";
import { Control } from "./control/control.tsx";
import { FlowPicture } from "./flow-picture/index.tsx";
import { Header } from "./header/header.tsx";
import { PlugPanel } from "./plug/index.tsx";

/** The order is that of the keyboard and of a phone; the grid places them on wider screens. */
export function App() {
  return (
    <>
      <Header />
      <main id="main" tabIndex={-1}>
        <PressCard />
        <ConveyorCard />
        <RobotCard />
        <AlarmTile />
        <AlarmList />
        <div class="place place-plug">
          <PlugPanel />
        </div>
        <div class="place place-chart">
          <Chart />
        </div>
        <Control />
        <div class="place place-flows">
          <FlowPicture />
        </div>
      </main>
      <Announcements />
    </>
  );
}
