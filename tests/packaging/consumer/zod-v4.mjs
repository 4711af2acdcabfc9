import * as sdk from "msb-client-websocket";
import * as broker from "msb-client-websocket/broker";
import * as z from "zod/v4";
import mainJob from "./main-job.cjs";

await mainJob(sdk, broker, z);
