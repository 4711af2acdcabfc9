// The service's part of the main job (main-job.ts has the broker's). It takes the SDK, so that each way to get it can be tried.
// `prepare` gets the client before it connects, and what else is in the last argument are options of the client.
export async function mainJob(
  { MsbClient },
  { uuid, url, framing },
  { greeting = "Greetings 😀", prepare = () => {}, ...options } = {},
) {
  const client = new MsbClient({
    type: "Application",
    uuid,
    name: "Dashboard",
    description: "A page in a browser",
    token: "t0ken",
    sockJsFraming: framing === "sockjs",
    ...options,
  });
  prepare(client);
  const greeted = client.addEvent({ eventId: "GREETED", dataFormat: "string" });
  const doubled = client.addEvent({ eventId: "DOUBLED", dataFormat: "int32" });
  client.addFunction({
    functionId: "DOUBLE",
    dataFormat: "int32",
    responseEvents: [doubled],
    handler: ({ dataObject }) => 2 * dataObject,
  });
  await client.connect(url);
  await client.register();
  // Cached: the connection may be cut before its answer comes.
  await greeted.publish(greeting, { cached: true });
  return client;
}

/** What a page's address says. */
export function mainJobOfPage(sdk, address = location) {
  const parameters = new URLSearchParams(address.search);
  const [uuid, url, framing] = ["uuid", "url", "framing"].map((name) => parameters.get(name));
  return mainJob(sdk, { uuid, url, framing });
}
