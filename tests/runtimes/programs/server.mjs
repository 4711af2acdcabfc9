import * as sdk from "msb-client-websocket";
import * as broker from "msb-client-websocket/broker";
import * as z from "zod";
import serverJob from "./server-job.cjs";

await serverJob(sdk, broker, () => import("msb-client-websocket/level-store"), z);
