// The machine that the page shows.
import { MsbClient } from "msb-client-websocket";
import { press } from "./src/press.contract.js";

const client = new MsbClient({
  type: "SmartObject",
  uuid: "press-9",
  name: "Press 9",
  description: "A press in hall 3",
  token: "press9",
});

let speed = 60;
const device = client.implement(press, {
  SET_SPEED: ({ dataObject }) => {
    speed = dataObject;
    return speed;
  },
});

await client.start(process.env.MSB_URL ?? "http://127.0.0.1:8085");
console.log("Press 9 is registered.");
setInterval(() => void device.events.MEASURED.publish({ celsius: 20 + speed / 10 }), 500);
