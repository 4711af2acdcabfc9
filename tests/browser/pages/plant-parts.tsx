// The chart, the plug and the picture of the flows of the demo, with measurements and a plant that a test makes up.
import { render } from "preact";
import { Chart } from "../../../demo/page/chart/index.tsx";
import { keepHistory } from "../../../demo/page/chart/record.ts";
import { pressEvents } from "../../../demo/page/data/machines.ts";
import { plant } from "../../../demo/page/data/plant.ts";
import { temperatureLimit } from "../../../demo/page/data/settings.ts";
import { followTheme } from "../../../demo/page/data/theme.ts";
import { FlowPicture } from "../../../demo/page/flow-picture/index.tsx";
import { PlugPanel } from "../../../demo/page/plug/index.tsx";

Object.assign(globalThis, { pressEvents, plant, temperatureLimit });
followTheme();
keepHistory();
render(
  <main>
    <div class="place place-chart">
      <Chart />
    </div>
    <div class="place place-plug">
      <PlugPanel />
    </div>
    <div class="place place-flows">
      <FlowPicture />
    </div>
  </main>,
  document.body,
);
