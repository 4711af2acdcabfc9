import { BareClient } from "../broker/bare-client.ts";
import { AttackedBroker } from "./attacked-broker.ts";
import { attackerOf, WORST } from "./worst-messages.ts";

export interface HeapOptions {
  readonly megabytes: number;
  readonly connections: number;
  /** Megabytes that the broker's process may have at all. */
  readonly maxHeap: number;
}

export interface HeapFigures {
  readonly messages: number;
  /** Megabytes, after a collection. */
  readonly before: number;
  readonly most: number;
  readonly after: number;
  /** The bytes of the state that the console asks for. */
  readonly stateSize: number;
}

/** Megabytes that the broker may keep, whatever is sent: what docs/reference/broker-limits.md adds up to for events and registrations. */
export const HEAP_BOUND = 256;
/** Megabytes of its whole heap: also what one message takes while it is read. */
export const MAX_HEAP = 384;

const MEGABYTE = 1_000_000;
/** Bytes between two looks at the heap. */
const INTERVAL = 50 * MEGABYTE;

/** Sends the worst messages, and looks at the heap of the broker, which must be there at the end. */
export async function runHeap({ megabytes, connections, maxHeap }: HeapOptions): Promise<HeapFigures> {
  await using broker = await AttackedBroker.start(maxHeap);
  const heap = async () => Math.round((await broker.usage("collect")).heap / MEGABYTE);
  const before = await heap();
  const clients = await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const client = await broker.orEnd(BareClient.connect(broker.url, index % 2 === 0 ? "raw" : "sockjs"));
      const uuid = index === 0 ? "attacker" : `attacker${index}`;
      await broker.orEnd(client.ask(attackerOf(uuid)));
      return { client, uuid };
    }),
  );
  const kinds = Object.values(WORST);
  let [sent, messages, looked, most] = [0, 0, 0, before];
  while (sent < megabytes * MEGABYTE) {
    // Each turn another connection, and all kinds of messages on each.
    const attacker = clients[messages % connections];
    const worst = kinds[Math.floor(messages / connections + messages) % kinds.length];
    if (attacker === undefined || worst === undefined) {
      break;
    }
    const { client, uuid } = attacker;
    const message = worst(uuid, `other${messages}`);
    messages += 1;
    sent += Buffer.byteLength(message);
    client.send(message);
    if (!message.startsWith("X")) {
      await broker.orEnd(client.next());
    }
    if (sent - looked > INTERVAL) {
      looked = sent;
      most = Math.max(most, await heap());
    }
  }
  const state = await broker.orEnd(fetch(`${broker.url}/broker/state`));
  const stateSize = (await state.text()).length;
  const after = await heap();
  for (const { client } of clients) {
    client.socket.terminate();
  }
  return { messages, before, most: Math.max(most, after), after, stateSize };
}
