import { once } from "node:events";
import WebSocket from "ws";

/** A socket of bare `ws` whose service is registered. */
export async function register(url, uuid) {
  const opened = new WebSocket(`${url}/websocket/data/000/${uuid}/websocket`, { perMessageDeflate: false });
  await once(opened, "open");
  const done = new Promise((resolve) => {
    opened.on("message", function onMessage(data) {
      if (String(data) === 'a["IO_REGISTERED"]') {
        opened.off("message", onMessage);
        resolve();
      }
    });
  });
  opened.send(JSON.stringify([`R {"@class":"SmartObject","uuid":"${uuid}","events":[],"functions":[]}`]));
  await done;
  return opened;
}
