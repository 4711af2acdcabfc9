import type { Broker } from "../../../src/broker/index.ts";
import type {
  ConfigParameter,
  Counterpart,
  Identity,
  MsbClient,
  MsbEvent,
  MsbService,
} from "../../../src/index.ts";
import type { FakeClock, ScriptedServer, TestBench } from "../../../src/testing/index.ts";
import type { press as agreed } from "../client/press.ts";

/*
 * What an `@example` may use without saying where it comes from, besides everything that the package exports. An example
 * that needs more declares it. Nothing here is ever run.
 */

export { readFile } from "node:fs/promises";
export * as z from "zod";

/** The five fields that say who a service is. */
export declare const identity: Identity;
/** A client of type `SmartObject`. */
export declare const client: MsbClient;
/** A client of type `Gateway`. */
export declare const gateway: MsbClient;
/** A service behind that gateway. */
export declare const service: MsbService;
/** An event whose payload is a number. */
export declare const temperature: MsbEvent<number>;
/** The response event of `SET_SPEED`. */
export declare const speedChanged: MsbEvent<number>;
/** A configuration parameter of the type `int32`. */
export declare const limit: ConfigParameter<number>;
/** The machine that the client speaks for. */
export declare const press: {
  readonly celsius: number;
  setSpeed(rpm: number): Promise<number>;
  stop(): void;
};
/** A running development broker. */
export declare const broker: Broker;
/** The press as a dashboard sees it. */
export declare const machine: Counterpart<typeof agreed>;
/** The clock of a client in a test. */
export declare const clock: FakeClock;
/** The MSB of a client in a test. */
export declare const server: ScriptedServer;
/** A broker of a test, and what the test connects to it. */
export declare const bench: TestBench;
/** What the press and those who use it have agreed on. */
export declare const pressContract: typeof agreed;
