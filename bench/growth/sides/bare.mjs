// What `ws` alone takes: frames that were encoded beforehand, and sockets that are registered and nothing else.
import { register } from "../../sides/bare-socket.mjs";
import { Answers, usedHeap } from "../../sides/serve.mjs";
import { ANSWER, eventsOfSize, serveGrowth, timed, withBytes } from "./measure.mjs";

const [url] = process.argv.slice(2);
const answers = new Answers();
const socket = await register(url, "growth-bare");
socket.on("message", (data) => {
  if (data.length === ANSWER.length) {
    answers.count();
  }
});

serveGrowth({
  async payload(size) {
    const events = eventsOfSize(size);
    const frame = JSON.stringify([
      `E ${JSON.stringify({ uuid: "growth-bare", eventId: "E", priority: 0, postDate: new Date().toISOString(), dataObject: "x".repeat(size) })}`,
    ]);
    const costs = await timed("event", events, async () => {
      const done = answers.wait(events);
      for (let sent = 0; sent < events; sent += 1) {
        socket.send(frame);
      }
      await done;
    });
    return withBytes(costs, size);
  },

  async clients(count) {
    const sockets = [];
    const before = await usedHeap();
    const connecting = await timed("connect", count, async () => {
      while (sockets.length < count) {
        sockets.push(await register(url, `growth-${sockets.length}`));
      }
    });
    const heap = ((await usedHeap()) - before) / count;
    for (const each of sockets) {
      each.terminate();
    }
    return { ...connecting, heap };
  },
});
