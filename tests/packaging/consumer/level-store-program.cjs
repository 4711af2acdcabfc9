const sdk = require("msb-client-websocket");
const store = require("msb-client-websocket/level-store");
const levelStoreJob = require("./level-store-job.cjs");

void levelStoreJob(sdk, store);
