const { MsbClient, MsbError } = require("msb-client-websocket");
const { scriptedClient, settled, startTestBench } = require("msb-client-websocket/testing");
const z = require("zod");

test("a page connects, publishes and answers a call", async () => {
  const client = new MsbClient({
    type: "Application",
    uuid: process.env.MSB_UUID,
    name: "Dashboard",
    description: "A page of a user",
    token: "t0ken",
    batch: true,
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
  expect(client.stats().bytes.sent).toBe(0);
  await client.start(process.env.MSB_URL);
  await greeted.publish("Greetings 😀");

  document.body.innerHTML = "<output></output>";
  document.querySelector("output").textContent = await asked;
  expect(document.body.textContent).toBe("21");
  await client.flush();
  expect(client.stats().bytes.sent).toBeGreaterThan(0);
  await client.disconnect();
});

test("a scripted client needs no server", async () => {
  const { client, clock, server } = scriptedClient();
  client.connect().catch(() => {});
  await settled();
  await clock.advance(1_000);
  expect(server.last.url).toContain("/websocket/data");
});

test("a broker is refused here, and the error says where it can be", async () => {
  const error = await startTestBench().catch((reason) => reason);
  expect(error).toBeInstanceOf(MsbError);
  expect(error.message).toContain("@jest-environment node");
});
