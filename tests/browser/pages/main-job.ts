// The main job in a page: the SDK comes from wherever the page has it, and who it is and where to from the page's address.
import type * as msb from "../../../src/index.ts";

export interface MainJobPage {
  readonly started: Promise<void>;
  stop(): Promise<{ readonly states: readonly string[] }>;
}

declare global {
  interface Window {
    mainJob: typeof mainJob;
    job: MainJobPage;
  }
}

export function mainJob(sdk: typeof msb): void {
  const parameters = new URLSearchParams(location.search);
  const client = new sdk.MsbClient({
    type: "Application",
    uuid: parameters.get("uuid") ?? "",
    name: document.title,
    description: "A page in a browser",
    token: "t0ken",
    sockJsFraming: parameters.get("framing") === "sockjs",
  });
  const states: string[] = [];
  client.on("stateChange", ({ state }) => states.push(state));
  const greeted = client.addEvent({ eventId: "GREETED", dataFormat: sdk.DataType.STRING });
  const doubled = client.addEvent({ eventId: "DOUBLED", dataFormat: sdk.DataType.INT32 });
  client.addFunction({
    functionId: "DOUBLE",
    dataFormat: sdk.DataType.INT32,
    responseEvents: [doubled],
    handler: ({ dataObject }) => 2 * dataObject,
  });

  async function start(): Promise<void> {
    await client.connect(parameters.get("msb") ?? "");
    await client.register();
    await greeted.publish(`Greetings from "${document.title}" 😀`);
  }

  window.job = {
    started: start(),
    async stop() {
      // Answers come in order: after this one, none is open that disconnecting would reject.
      await greeted.publish("Goodbye");
      await client.disconnect();
      return { states };
    },
  };
}

// Pages without a bundler take it from here.
window.mainJob = mainJob;
