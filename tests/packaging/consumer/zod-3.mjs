// A schema of zod 3, as `zod` itself makes it in version 3.25.
import { MsbClient } from "msb-client-websocket";
import { z } from "zod";

const client = new MsbClient("Application", "uuid", "Dashboard", "A dashboard", "token");
try {
  client.addEvent({ eventId: "READING", dataFormat: z.object({ celsius: z.number() }) });
} catch (error) {
  console.log(error.message);
}
