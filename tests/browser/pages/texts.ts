// A page that publishes many texts, and answers each call with the text that it was called with.
import { MsbClient } from "../../../src/index.ts";

export interface TextsPage {
  /** Publishes every text, as value and as correlation id. @returns how many were accepted. */
  publishAll(): Promise<number>;
  /** Of the calls that came, those whose text was not the one at the place that the correlation id names. */
  readonly wrongCalls: readonly string[];
}

declare global {
  interface Window {
    texts: Promise<TextsPage>;
  }
}

window.texts = start();

async function start(): Promise<TextsPage> {
  const parameters = new URLSearchParams(location.search);
  const texts: string[] = await (await fetch("texts.json")).json();
  const client = new MsbClient({
    type: "Application",
    uuid: "texts",
    name: "Texts",
    description: "Says and hears texts",
    token: "t0ken",
    sockJsFraming: parameters.get("framing") === "sockjs",
    batch: parameters.get("batch") === "true",
  });
  const said = client.addEvent({ eventId: "SAID", dataFormat: "string" });
  const heard = client.addEvent({ eventId: "HEARD", dataFormat: "string" });
  const wrongCalls: string[] = [];
  client.addFunction({
    functionId: "HEAR",
    dataFormat: "string",
    responseEvents: [heard],
    handler: ({ dataObject, correlationId }) => {
      if (dataObject !== texts[Number(correlationId)]) {
        wrongCalls.push(String(correlationId));
      }
      return dataObject;
    },
  });
  await client.connect(parameters.get("msb") ?? "");
  await client.register();
  return {
    publishAll: async () => {
      const published = texts.map((text) => said.publish(text, { correlationId: text }));
      return (await Promise.all(published)).length;
    },
    wrongCalls,
  };
}
