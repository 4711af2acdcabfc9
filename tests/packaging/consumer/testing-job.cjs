// A device and a dashboard's stand-in at a bench, and a scripted client, with nothing but the installed package.
module.exports = async function testingJob({ contract, DataType, MsbClient, MsbError }, testing) {
  const press = contract({
    events: { SPEED_CHANGED: DataType.INT32 },
    functions: { SET_SPEED: { dataFormat: DataType.INT32, responds: "SPEED_CHANGED" } },
  });
  const bench = await testing.startTestBench();
  const machine = await bench.machine(
    press,
    { uuid: "press-7" },
    { SET_SPEED: ({ dataObject }) => dataObject },
  );
  const caller = await bench.counterpart(press, { uuid: "press-7" });
  const answer = await caller.call("SET_SPEED", 60);
  const failure = await caller
    .nextEvent("SPEED_CHANGED")
    .then(() => caller.nextEvent("SPEED_CHANGED", { timeout: 1 }))
    .catch((error) => error);
  await bench.close();

  const { client, server } = testing.scriptedClient();
  server.acceptAll();
  await client.start();
  const { state } = client;
  await client.disconnect();
  console.log(
    JSON.stringify({
      answer,
      calls: machine.calls.length,
      isOneClass:
        machine.client instanceof MsbClient && client instanceof MsbClient && failure instanceof MsbError,
      state,
    }),
  );
};
