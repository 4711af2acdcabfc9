import * as sdk from "msb-client-websocket";
import * as testing from "msb-client-websocket/testing";
import testingJob from "./testing-job.cjs";

await testingJob(sdk, testing);
