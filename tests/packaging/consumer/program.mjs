import * as sdk from "msb-client-websocket";
import * as broker from "msb-client-websocket/broker";
import * as z from "zod";
import mainJob from "./main-job.cjs";

await mainJob(sdk, broker, z);
