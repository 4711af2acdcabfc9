// The page of a station in a hall: it shows messages, and its button calls for help.
const element = (id) => document.getElementById(id);

localStorage.uuid ??= msb.createUuid(); // made once: the same service after a reload

const client = new msb.MsbClient({
  type: "Application",
  uuid: localStorage.uuid,
  name: "Station 4",
  description: "A page in hall 3",
  token: "station4",
});

const helpWanted = client.addEvent({
  eventId: "HELP_WANTED",
  name: "Help wanted",
  dataFormat: msb.DataType.STRING,
});

client.addFunction({
  functionId: "SHOW_MESSAGE",
  name: "Show a message",
  dataFormat: msb.DataType.STRING,
  handler: ({ dataObject }) => {
    element("message").textContent = dataObject;
  },
});

client.on("stateChange", ({ state, error }) => {
  const isOpenElsewhere = error?.reply === "NIO_ALREADY_CONNECTED";
  element("state").textContent = isOpenElsewhere ? "open in another tab" : state;
  element("help").disabled = state !== "registered";
});

element("help").addEventListener("click", async () => {
  try {
    await helpWanted.publish("Station 4 needs help.");
    element("message").textContent = "Help is called.";
  } catch (error) {
    element("message").textContent = error.message;
  }
});

// The MSB is on the computer that the page came from. Give its URL if it is on another one.
client.start(`http://${location.hostname}:8085`);
