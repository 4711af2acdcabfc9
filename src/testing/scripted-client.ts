import type { MsbClientOptions } from "../client/client-options.ts";
import type { Identity } from "../core/self-description/index.ts";
import { MsbClient } from "../sdk.ts";
import { FakeClock } from "./fake-clock.ts";
import { ScriptedServer } from "./scripted-server.ts";
import { testIdentity } from "./test-identity.ts";

/** What {@link scriptedClient} makes. */
export interface ScriptedClient {
  readonly client: MsbClient;
  /** Its MSB, which says what the test lets it say. */
  readonly server: ScriptedServer;
  /** Its clock, which stands still. */
  readonly clock: FakeClock;
}

/**
 * A client that needs no port and no time, to test a service alone: its socket and its clock are the test's. It has an identity of
 * its own, a URL, and no chance in its pauses; what the options say goes before.
 * @example
 * const { client, server, clock } = scriptedClient();
 * const measured = client.addEvent({ eventId: "MEASURED", dataFormat: z.number() });
 * server.acceptAll();
 * await client.start();
 * await measured.publish(21.5);
 * console.log(server.events.at(-1)?.dataObject); // 21.5
 */
export function scriptedClient(options: Partial<Identity> & MsbClientOptions = {}): ScriptedClient {
  const server = new ScriptedServer();
  const clock = new FakeClock();
  const client = new MsbClient({
    ...testIdentity(),
    url: "ws://msb.test:8085",
    socket: server.socket,
    clock,
    random: () => 0,
    ...options,
  });
  return { client, server, clock };
}
