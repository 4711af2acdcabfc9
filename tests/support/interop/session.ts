import { onTestFailed, onTestFinished } from "vitest";
import {
  type Broker,
  type BrokerOptions,
  type ReceivedEvent,
  startBroker,
} from "../../../src/broker/index.ts";
import type { MsbClient } from "../../../src/index.ts";
import { OfficialClient, PATIENCE, type Reports, type Special } from "./official-client.ts";
import { describeService, PAYLOADS, type Received } from "./service.ts";

export { PATIENCE };
export const THEIRS = "2f4b2f4e-0b7a-4a0e-8f0e-000000000001";
const OURS = "2f4b2f4e-0b7a-4a0e-8f0e-000000000002";

/** How an official client is started, and with which framing. */
export interface Setting {
  readonly command: readonly [string, ...string[]];
  readonly framing: "sockjs" | "raw";
}

export interface Session {
  readonly broker: Broker;
  readonly theirs: OfficialClient;
}

/** A broker, and an official client that is connected to it. Both end with the test. */
export async function connect(
  { command, framing }: Setting,
  options: BrokerOptions = {},
  special?: Special,
): Promise<Session> {
  const log: string[] = [];
  const broker = await startBroker({
    log: ({ level, message }) => {
      if (level === "warn" || level === "error") {
        log.push(message);
      }
    },
    ...options,
  });
  onTestFinished(() => broker.close());
  const theirs = new OfficialClient(command);
  onTestFinished(() => theirs[Symbol.asyncDispose]());
  onTestFailed(() => console.error([theirs.diagnostics, "Warnings of the broker:", ...log].join("\n  ")));
  theirs.tell({
    do: "connect",
    uuid: THEIRS,
    url: broker.url,
    framing,
    ...(special === undefined ? {} : { special }),
  });
  await theirs.next("state", ({ connected }) => connected);
  return { broker, theirs };
}

/** The same, and the client is registered. */
export async function register(
  setting: Setting,
  options?: BrokerOptions,
  special?: Special,
): Promise<Session> {
  const session = await connect(setting, options, special);
  const registered = nextRegistration(session);
  session.theirs.tell({ do: "register" });
  await registered;
  // Until it has read IO_REGISTERED, it throws away what it is to publish.
  await session.theirs.next("state", (state) => state.registered);
  return session;
}

/** Resolves at the next registration of the official client; fails at once where one is refused. */
export async function nextRegistration({ broker }: Session): Promise<void> {
  const endings: (() => void)[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (message: string): void => reject(new Error(message));
      const timer = setTimeout(() => fail(`Not registered in ${PATIENCE} ms.`), PATIENCE);
      endings.push(
        () => clearTimeout(timer),
        broker.on("register", ({ uuid }) => {
          if (uuid === THEIRS) {
            resolve();
          }
        }),
        broker.on("message", ({ direction, text }) => {
          if (direction === "out" && text.startsWith("NIO_")) {
            fail(`The broker answered ${text}.`);
          }
        }),
      );
    });
  } finally {
    for (const end of endings) {
      end();
    }
  }
}

/** Calls the function that answers with this event. @returns what the client got, and what it answered. */
export async function callEcho(
  { broker, theirs }: Session,
  id: string,
  value: unknown,
): Promise<{ readonly called: Reports["called"]; readonly answer: ReceivedEvent }> {
  const correlationId = `echo ${id}`;
  const answer = broker.waitForEvent({ uuid: THEIRS, correlationId }, PATIENCE);
  // Where the call fails, nobody waits for the answer.
  answer.catch(() => {});
  broker.call(THEIRS, `ECHO_${id}`, value, { correlationId });
  const called = await theirs.next("called", (report) => report.function === `ECHO_${id}`);
  return { called, answer: await answer };
}

/** Our client, registered at the same broker; with a function `TAKE_…` for each event, too. */
export async function registerOurs(
  broker: Broker,
  sockJsFraming: boolean,
): Promise<{ readonly client: MsbClient; readonly next: () => Promise<Received> }> {
  const received: Received[] = [];
  let wake = (): void => {};
  const onCall = (call: Received): void => {
    received.push(call);
    wake();
  };
  const client = describeService(OURS, { sockJsFraming }, onCall);
  onTestFinished(() => client.disconnect());
  for (const { id, dataFormat, isArray } of PAYLOADS) {
    client.addFunction({
      functionId: `TAKE_${id}`,
      dataFormat,
      isArray,
      handler: ({ functionId, dataObject, correlationId }) =>
        onCall({ functionId, value: dataObject, correlationId }),
    });
  }
  await client.connect(broker.url);
  await client.register();
  const next = async (): Promise<Received> => {
    for (;;) {
      const call = received.shift();
      if (call !== undefined) {
        return call;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { client, next };
}

/** Each event of ours calls theirs, which answers with an event; and each event of theirs calls ours, which does not. */
export function connectByFlows(broker: Broker, ours: string): void {
  for (const { id } of PAYLOADS) {
    broker.addFlow({ from: { uuid: ours, eventId: id }, to: { uuid: THEIRS, functionId: `ECHO_${id}` } });
    broker.addFlow({ from: { uuid: THEIRS, eventId: id }, to: { uuid: ours, functionId: `TAKE_${id}` } });
  }
}
