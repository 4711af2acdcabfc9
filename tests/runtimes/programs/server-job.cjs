// What a server-side program does with the installed package, step by step. What came of each goes to the standard output.
const { readFileSync } = require("node:fs");

module.exports = async function serverJob(sdk, { startBroker }, loadLevelStore, z) {
  const { uuid, http, https, ca, store } = JSON.parse(process.argv[2]);
  const steps = [
    ["sockjs", () => mainJob(http, { uuid: `${uuid} sockjs`, sockJsFraming: true })],
    ["raw", () => mainJob(http, { uuid: `${uuid} raw`, sockJsFraming: false })],
    ["tls", () => mainJob(https, { uuid: `${uuid} tls`, tls: { ca: readFileSync(ca) } })],
    ["no trust", refusedWithoutCa],
    ["level-store", storedEventsSurvive],
    ["broker", brokerInProcess],
  ];
  for (const [name, step] of steps) {
    try {
      await step();
      console.log(JSON.stringify({ name, passed: true }));
    } catch (error) {
      console.log(JSON.stringify({ name, passed: false, detail: `${error?.stack ?? error}` }));
    }
  }

  function makeClient(options) {
    return new sdk.MsbClient({
      type: "SmartObject",
      name: "Press 7",
      description: "A press",
      token: "t0ken",
      logLevel: "silent",
      ...options,
    });
  }

  /** Ends when the other side has called, and has the answer. */
  async function mainJob(url, options) {
    const client = makeClient(options);
    const greeted = client.addEvent({ eventId: "GREETED", dataFormat: "string" });
    const measured = client.addEvent({
      eventId: "MEASURED",
      dataFormat: z.object({ celsius: z.number() }).meta({ id: "Reading" }),
    });
    const doubled = client.addEvent({ eventId: "DOUBLED", dataFormat: "int32" });
    const called = new Promise((resolve) => {
      client.addFunction({
        functionId: "DOUBLE",
        dataFormat: z.int32(),
        responseEvents: [doubled],
        handler: ({ dataObject }) => {
          resolve();
          return 2 * dataObject;
        },
      });
    });
    await client.connect(url);
    await client.register();
    await Promise.all(Array.from({ length: 100 }, (_, celsius) => measured.publish({ celsius })));
    await greeted.publish("Greetings 😀");
    await within(30_000, called, "nobody called DOUBLE");
    // Answers come in order: after this one, none is open that disconnecting would reject.
    await greeted.publish("Goodbye");
    await client.disconnect();
  }

  async function refusedWithoutCa() {
    const client = makeClient({ uuid: `${uuid} distrust` });
    const error = await client.connect(https).then(
      () => undefined,
      (error) => error,
    );
    await client.disconnect();
    if (!(error instanceof sdk.MsbError) || !error.message.includes("tls.ca")) {
      throw new Error(`It has to be refused, with tls.ca as the remedy, not: ${error}`);
    }
  }

  async function storedEventsSurvive() {
    const { levelStore } = await loadLevelStore();
    const own = { uuid: `${uuid} store` };
    const before = makeClient({ ...own, store: levelStore(store) });
    const saved = before.addEvent({ eventId: "SAVED", dataFormat: "int32" });
    // Nobody is there: what is stored stays.
    const connecting = before.connect("http://127.0.0.1:9", { waitForServer: true }).catch(() => {});
    await saved.publish(7, { cached: true, until: "stored" });
    await before.disconnect();
    await connecting;
    const after = makeClient({ ...own, store: levelStore(store) });
    after.addEvent({ eventId: "SAVED", dataFormat: "int32" });
    await after.connect(http);
    await after.register();
    await after.flush();
    await after.disconnect();
  }

  async function brokerInProcess() {
    const broker = await startBroker();
    const client = makeClient({ uuid: "local" });
    const doubled = client.addEvent({ eventId: "DOUBLED", dataFormat: "int32" });
    client.addFunction({
      functionId: "DOUBLE",
      dataFormat: "int32",
      responseEvents: [doubled],
      handler: ({ dataObject }) => 2 * dataObject,
    });
    await client.connect(broker.url);
    await client.register();
    const { dataObject } = await broker.callAndWait("local", "DOUBLE", 21);
    const health = await fetch(`${broker.url}/actuator/health`);
    await client.disconnect();
    await broker.close();
    if (dataObject !== 42 || health.status !== 200) {
      throw new Error(`DOUBLE of 21 is ${dataObject}, and its health ${health.status}`);
    }
  }
};

async function within(milliseconds, promise, failure) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(failure)), milliseconds);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
