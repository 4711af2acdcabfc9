// The floor: `ws` alone. Frames are encoded beforehand, and of an answer only its length is looked at.
import { register } from "./bare-socket.mjs";
import { Answers, askForCalls, awaited, complexValue, measureHeap, serve } from "./serve.mjs";

const [url] = process.argv.slice(2);
const answers = new Answers();
const calls = new Answers();

const socket = await register(url, "bench-bare");
socket.on("message", (data) => {
  if (data.length === ANSWER.length) {
    answers.count();
  } else {
    const [text] = JSON.parse(data.toString().slice(1));
    const { functionParameters } = JSON.parse(text.slice(2));
    if (typeof functionParameters.dataObject === "number") {
      calls.count();
    }
  }
});

const ANSWER = 'a["IO_PUBLISHED"]';
const frame = (dataObject) =>
  JSON.stringify([
    `E ${JSON.stringify({ uuid: "bench-bare", eventId: "E", priority: 0, postDate: new Date().toISOString(), dataObject })}`,
  ]);
const INT = frame(1);
const COMPLEX = frame(complexValue(1));

serve({
  start: (count) => burst(INT, count),
  int: (count) => burst(INT, count),
  complex: (count) => burst(COMPLEX, count),
  ...awaited((count) => burst(INT, count)),
  async calls(count) {
    const done = calls.wait(count);
    askForCalls(count);
    await done;
  },
  async idle(count) {
    const sockets = [];
    const heap = await measureHeap(count, async (some) => {
      for (let opened = 0; opened < some; opened += 1) {
        sockets.push(await register(url, `idle-${sockets.length}`));
      }
    });
    for (const each of sockets) {
      each.terminate();
    }
    return heap;
  },
});

function burst(text, count) {
  const done = answers.wait(count);
  for (let sent = 0; sent < count; sent += 1) {
    socket.send(text);
  }
  return done;
}
