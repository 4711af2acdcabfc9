// Events that one store has written are read by the next; a third, meanwhile, is refused.
module.exports = async function levelStoreJob({ MsbError }, { levelStore }) {
  const event = { eventId: "E1", message: "E {}" };
  const first = levelStore("./events");
  await first.open();
  await first.write([{ type: "put", key: 1, event }]);
  await first.close();

  const second = levelStore("./events");
  const { first: from, last: to } = await second.open();
  const { events } = await second.read(from, to, 10);
  const refusal = await levelStore("./events")
    .open()
    .catch((error) => ({ isMsbError: error instanceof MsbError, code: error.code }));
  await second.write([{ type: "delete", key: 1 }]);
  await second.close();
  console.log(JSON.stringify({ events, refusal }));
};
