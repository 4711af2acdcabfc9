const sdk = require("msb-client-websocket");
const broker = require("msb-client-websocket/broker");
const z = require("zod/v4");
const mainJob = require("./main-job.cjs");

void mainJob(sdk, broker, z);
