// The main job in a worker: a dedicated one, or one that several pages share. Who it is and where to is in its name.
import * as sdk from "../../../src/index.ts";
import { mainJob } from "../../runtimes/programs/main-job.mjs";

const { uuid, url, framing } = JSON.parse(self.name);
const channel = new BroadcastChannel(uuid);
// Nobody can take the network from a worker alone: it is told what its browser would tell it.
channel.onmessage = ({ data }) => {
  if (data === "online") {
    self.dispatchEvent(new Event("online"));
  } else {
    Object.defineProperty(navigator, "onLine", { configurable: true, value: data === "connection is back" });
    navigator.connection.dispatchEvent(new Event("change"));
  }
};
await mainJob(
  sdk,
  { uuid, url, framing },
  {
    greeting: typeof document === "undefined" ? "no document" : "a document",
    prepare: (client) => client.on("stateChange", ({ state }) => channel.postMessage(state)),
    // Longer than any test: what is made before was made early.
    retryPolicy: () => 3_600_000,
  },
);
