import * as sdk from "msb-client-websocket";
import * as store from "msb-client-websocket/level-store";
import levelStoreJob from "./level-store-job.cjs";

await levelStoreJob(sdk, store);
