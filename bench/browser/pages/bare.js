// The browser's WebSocket alone: frames that were encoded beforehand, and of an answer only its length is looked at.
import { pause, publishSteadily } from "./watch.js";

const ANSWER = 'a["IO_PUBLISHED"]';
const FRAME = JSON.stringify([
  `E ${JSON.stringify({ uuid: "bench-page", eventId: "E", priority: 0, postDate: new Date().toISOString(), dataObject: 1 })}`,
]);
let socket;
let answers = 0;
let calls = 0;
let wanted = Number.POSITIVE_INFINITY;
let onSettled = () => {};

/** Resolves when so many events more are answered. */
function settled(count) {
  return new Promise((resolve) => {
    wanted = count;
    onSettled = resolve;
  });
}

function onMessage({ data }) {
  if (data.length === ANSWER.length) {
    answers += 1;
    if (answers === wanted) {
      onSettled();
    }
  } else if (data.startsWith('a["C ')) {
    const [text] = JSON.parse(data.slice(1));
    if (typeof JSON.parse(text.slice(2)).functionParameters.dataObject === "number") {
      calls += 1;
    }
  }
}

globalThis.bench = {
  async start(url) {
    socket = new WebSocket(`${url}/websocket/data/000/bench-page/websocket`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    const registered = new Promise((resolve) => {
      socket.onmessage = ({ data }) => data === 'a["IO_REGISTERED"]' && resolve();
    });
    socket.send(
      JSON.stringify(['R {"@class":"Application","uuid":"bench-page","events":[],"functions":[]}']),
    );
    await registered;
    socket.onmessage = onMessage;
  },
  async burst(count) {
    answers = 0;
    const started = performance.now();
    const done = settled(count);
    for (let index = 0; index < count; index += 1) {
      socket.send(FRAME);
    }
    await done;
    return performance.now() - started;
  },
  async steady(rate, seconds) {
    answers = 0;
    const send = () => socket.send(FRAME);
    return publishSteadily(rate, seconds, send, async (count) => {
      while (answers < count) {
        await pause(10);
      }
    });
  },
  calls: () => calls,
};
