// What the pages and tests of all projects do: a service that publishes an event and answers calls.
import { MsbClient } from "msb-client-websocket";
import * as z from "zod";

/** @returns the service's client, and a promise for the first number that it was asked to double */
export async function startService({ uuid, url }) {
  const client = new MsbClient({
    type: "Application",
    uuid,
    name: "Dashboard",
    description: "A page of a user",
    token: "t0ken",
  });
  const greeted = client.addEvent({ eventId: "GREETED", dataFormat: z.string() });
  const doubled = client.addEvent({ eventId: "DOUBLED", dataFormat: z.int32() });
  const asked = new Promise((resolve) => {
    client.addFunction({
      functionId: "DOUBLE",
      dataFormat: z.int32(),
      responseEvents: [doubled],
      handler: ({ dataObject }) => {
        resolve(dataObject);
        return 2 * dataObject;
      },
    });
  });
  await client.start(url);
  await greeted.publish("Greetings 😀");
  return { client, asked };
}

/** In a page: its address says who it is and where the MSB is, and its text what came of it. */
export async function startPage(show) {
  const { uuid, url } = Object.fromEntries(new URLSearchParams(location.search));
  const { asked } = await startService({ uuid, url });
  show("registered");
  show(`asked to double ${await asked}`);
}
