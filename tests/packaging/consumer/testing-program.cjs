const sdk = require("msb-client-websocket");
const testing = require("msb-client-websocket/testing");
const testingJob = require("./testing-job.cjs");

void testingJob(sdk, testing);
