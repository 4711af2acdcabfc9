import { onTestFinished } from "vitest";
import { type Broker, type BrokerOptions, startBroker } from "../../src/broker/index.ts";
import { type Identity, MsbClient, type MsbClientOptions } from "../../src/index.ts";
import { identity } from "./client/identity.ts";

/** A broker that ends with the test. */
export async function testBroker(options: BrokerOptions = {}): Promise<Broker> {
  const broker = await startBroker(options);
  onTestFinished(() => broker.close());
  return broker;
}

/** A client that ends with the test. */
export function testClient(options: Partial<Identity> & MsbClientOptions = {}): MsbClient {
  const client = new MsbClient({ ...identity(), logLevel: "silent", ...options });
  onTestFinished(() => client.disconnect());
  return client;
}

export const FRAMINGS = [
  { framing: "SockJS", sockJsFraming: true },
  { framing: "raw", sockJsFraming: false },
] as const;
