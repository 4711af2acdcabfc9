// The main job in a page.
import * as sdk from "msb-client-websocket";
import { mainJobOfPage } from "./main-job.mjs";

await mainJobOfPage(sdk);
