import {
  MsbClient,
  type MsbClientOptions,
  type MsbError,
  type SessionState,
  type StateChange,
} from "../../../src/index.ts";
import { FakeClock, settled } from "../../../src/testing/fake-clock.ts";
import { ScriptedServer } from "../../../src/testing/scripted-server.ts";
import type { ScriptedSocket } from "../../../src/testing/scripted-socket.ts";
import { identity } from "./identity.ts";

export const URL = "ws://msb.test:8085";

/** A scripted client with one event `E1` (int32), and what it told its listeners. A close is not answered by itself. */
export function scriptedClient(options: MsbClientOptions = {}) {
  const clock = new FakeClock();
  const server = new ScriptedServer();
  server.answersClose = false;
  const client = new MsbClient({
    ...identity(),
    socket: server.socket,
    clock,
    logLevel: "silent",
    random: () => 0,
    ...options,
  });
  const last = (): ScriptedSocket => server.last;
  const changes: StateChange[] = [];
  const states: SessionState[] = [];
  const errors: MsbError[] = [];
  client.on("stateChange", (change) => {
    changes.push(change);
    states.push(change.state);
  });
  client.on("error", (error) => errors.push(error));
  const event = client.addEvent({ eventId: "E1", dataFormat: "int32" });

  /** The server accepts the connection that is being made, and the registration. */
  async function serverRegisters(): Promise<void> {
    last().serverAccepts();
    await settled();
    last().serverSends("IO_REGISTERED");
    await settled();
  }

  return {
    client,
    clock,
    sockets: server.sockets,
    last,
    errors,
    event,
    serverRegisters,
    states,
    changes,
    /** Connects and registers. @param onPing makes the socket one that can ping */
    register: (onPing?: () => void) => connectAndRegister(client, last, onPing),
    /** The values of the events sent on the newest socket. */
    sentValues(): unknown[] {
      return last()
        .messages.filter((message) => message.startsWith("E "))
        .map((message) => JSON.parse(message.slice(2)).dataObject);
    },
  };
}

/** Up to IO_REGISTERED. @param last the newest socket. @param onPing makes it one that can ping */
export async function connectAndRegister(
  client: MsbClient,
  last: () => ScriptedSocket,
  onPing?: () => void,
): Promise<void> {
  const connected = client.connect(URL);
  await settled();
  if (onPing !== undefined) {
    last().ping = onPing;
  }
  last().serverAccepts();
  await connected;
  const registered = client.register();
  await settled();
  last().serverSends("IO_REGISTERED");
  await registered;
}
