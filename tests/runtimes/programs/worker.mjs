// The main job in a worker. Who it is and where to is in its name.
import * as sdk from "msb-client-websocket";
import { mainJob } from "./main-job.mjs";

await mainJob(sdk, JSON.parse(self.name));
