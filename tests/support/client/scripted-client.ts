import {
  MsbClient,
  type MsbClientOptions,
  type MsbError,
  type SessionState,
  type StateChange,
} from "../../../src/index.ts";
import { FakeClock, settled } from "../fake-clock.ts";
import { identity } from "./identity.ts";
import { type ScriptedSocket, scriptedSockets } from "./scripted-socket.ts";

export const URL = "ws://msb.test:8085";

/** A client on scripted sockets and a fake clock, with one event `E1` (int32), and what it told its listeners. */
export function scriptedClient(options: MsbClientOptions = {}) {
  const clock = new FakeClock();
  const { factory, sockets, last } = scriptedSockets();
  const client = new MsbClient({
    ...identity(),
    socket: factory,
    clock,
    logLevel: "silent",
    random: () => 0,
    ...options,
  });
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
    sockets,
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
