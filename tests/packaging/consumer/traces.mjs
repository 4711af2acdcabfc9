// What the package leaves behind in its process, beyond what its dependencies do: by being imported, and by a broker.
import "ws";
import "zod/v4/mini";

// Node.js itself loads the rest of some globals, and opens the streams, when they are first looked at.
const lookedAt = globals();
void [process.stdout, process.stderr, lookedAt];

const before = snapshot();
const values = globals();
await import("msb-client-websocket");
await import("msb-client-websocket/testing");
const { startBroker } = await import("msb-client-websocket/broker");
const imported = { ...snapshot(), replaced: replaced() };
await (await startBroker()).close();
// Handles that are closed go at the end of a turn of the event loop, after its immediates.
await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const closed = { ...snapshot(), replaced: replaced() };
console.log(JSON.stringify({ before: { ...before, replaced: [] }, imported, closed }));

function globals() {
  // These two warn when they are looked at.
  const names = Reflect.ownKeys(globalThis).filter((name) => !/Storage$/.test(String(name)));
  return new Map(names.map((name) => [name, globalThis[name]]));
}

function replaced() {
  return [...globals()]
    .filter(([name, value]) => !Object.is(values.get(name), value))
    .map(([name]) => String(name));
}

function snapshot() {
  return {
    globals: Reflect.ownKeys(globalThis).map(String),
    // Requests end by themselves; handles and timers stay.
    handles: process.getActiveResourcesInfo().filter((name) => !/Req/.test(name)),
    listeners: process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`),
  };
}
