// The main job, with nothing but the installed package. What happened goes to the standard output, as JSON.
module.exports = async function mainJob({ MsbClient }, { startBroker }, z) {
  const broker = await startBroker();
  const jobs = {};
  for (const framing of ["sockjs", "raw"]) {
    jobs[framing] = await job(broker, framing);
  }
  await broker.close();
  const end = performance.now();
  // A timer that is left would keep the process alive.
  process.on("exit", () => console.log(JSON.stringify({ jobs, lingered: performance.now() - end })));

  async function job(broker, framing) {
    const client = new MsbClient({
      type: "SmartObject",
      uuid: `uuid-${framing}`,
      name: "Press 7",
      description: "A press",
      token: "t0ken",
      sockJsFraming: framing === "sockjs",
    });
    client.on("error", (error) => {
      console.error(error);
      process.exitCode = 1;
    });
    const measured = client.addEvent({ eventId: "MEASURED", dataFormat: z.object({ celsius: z.number() }) });
    const doubled = client.addEvent({ eventId: "DOUBLED", dataFormat: "int32" });
    client.addFunction({
      functionId: "DOUBLE",
      dataFormat: z.int32(),
      responseEvents: [doubled],
      handler: ({ dataObject }) => 2 * dataObject,
    });
    await client.connect(broker.url);
    await client.register();
    const replies = [];
    broker.on("message", ({ direction, text }) => {
      if (direction === "out") {
        replies.push(text);
      }
    });
    await measured.publish({ celsius: 21.5 });
    const published = broker.events.at(-1).dataObject;
    const answer = broker.waitForEvent({ uuid: client.uuid, eventId: "DOUBLED", correlationId: "c1" });
    broker.call(client.uuid, "DOUBLE", 21, { correlationId: "c1" });
    const { dataObject } = await answer;
    const service = broker.services.get(client.uuid);
    // Answers come in order: after this one, none is open that disconnecting would reject.
    await measured.publish({ celsius: 22 });
    await client.disconnect();
    return { framing: service.framing, name: service.name, reply: replies[0], published, answer: dataObject };
  }
};
