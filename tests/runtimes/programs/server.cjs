const sdk = require("msb-client-websocket");
const broker = require("msb-client-websocket/broker");
const z = require("zod");
const serverJob = require("./server-job.cjs");

void serverJob(sdk, broker, async () => require("msb-client-websocket/level-store"), z);
