// The least that a client needs of an MSB, with SockJS framing, so that the client is what is measured.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
// `merged`: the answers to the events of one frame share a frame, too.
const isMerging = process.argv[2] === "merged";
const PUBLISHED = Buffer.from('a["IO_PUBLISHED"]');
let newest;
let uuid;
let isOut = false;

server.on("connection", (socket) => {
  if (isOut) {
    return socket.terminate();
  }
  socket.send("o");
  socket.send('a["IO_CONNECTED"]');
  socket.on("message", (data) => {
    const kind = data[2];
    if (kind === 0x45) {
      const count = messagesIn(data);
      if (isMerging) {
        socket.send(merged(count), { binary: false });
      } else {
        for (let left = count; left > 0; left -= 1) {
          socket.send(PUBLISHED, { binary: false });
        }
      }
    } else if (kind === 0x52) {
      newest = socket;
      [, uuid] = /\\"uuid\\":\\"([^"\\]+)/.exec(String(data));
      socket.send('a["IO_REGISTERED"]');
    }
  });
});

function merged(count) {
  return Buffer.from(`a[${Array(count).fill('"IO_PUBLISHED"')}]`);
}

/** A SockJS frame is an array of strings; in all that the benchmark sends, `","E ` stands between two messages only. */
function messagesIn(data) {
  let count = 1;
  for (let at = data.indexOf('","E '); at !== -1; at = data.indexOf('","E ', at + 5)) {
    count += 1;
  }
  return count;
}

const call = (functionId) =>
  `a[${JSON.stringify(`C ${JSON.stringify({ uuid, functionId, correlationId: "6f1f4ad4-7c3a-4e6a-9b4a-2f6f5b1f7d10", functionParameters: { dataObject: 1 } })}`)}]`;

async function sendCalls(count, functions) {
  const frames =
    functions === undefined
      ? [call("F")]
      : Array.from({ length: functions }, (_, index) => call(`F${index}`));
  for (let sent = 0; sent < count; sent += 1) {
    newest.send(frames[sent % frames.length]);
    // A few at a time, so that reading begins at once.
    if (sent % 100 === 99) {
      await new Promise(setImmediate);
    }
  }
}

process.on("message", ({ calls, functions, outage }) => {
  if (calls !== undefined) {
    void sendCalls(calls, functions);
  }
  if (outage !== undefined) {
    isOut = outage;
    for (const socket of isOut ? server.clients : []) {
      socket.terminate();
    }
  }
});
process.on("disconnect", () => process.exit());

server.once("listening", () => process.send({ url: `ws://127.0.0.1:${server.address().port}` }));
