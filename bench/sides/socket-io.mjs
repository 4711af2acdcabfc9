// socket.io with an acknowledgement for each message, over a websocket from the start.
import { io } from "socket.io-client";
import { Answers, awaited, complexValue, serve } from "./serve.mjs";

const [url] = process.argv.slice(2);
const socket = io(url, { transports: ["websocket"] });
await new Promise((resolve) => socket.once("connect", resolve));
const answers = new Answers();

serve({
  int: (count) => burst(count, (index) => index),
  complex: (count) => burst(count, complexValue),
  ...awaited((count) => burst(count, (index) => index)),
});

function burst(count, value) {
  const done = answers.wait(count);
  for (let sent = 0; sent < count; sent += 1) {
    socket.emit("event", value(sent), () => answers.count());
  }
  return done;
}
