import { MsbClient, MsbError } from "../../../src/index.ts";
import type { FakeClock } from "../../../src/testing/fake-clock.ts";
import { identity } from "../client/identity.ts";
import type { EventRecord, Ledger } from "./ledger.ts";
import { type Action, type Inside, LISTENERS, type Program } from "./program.ts";
import { type Outcome, Promises } from "./promises.ts";
import type { Server } from "./server.ts";
import { type FaultyStore, numbersOn } from "./stores.ts";

const URL = "ws://msb.test:8085";

/** Before a retry, in milliseconds. */
const PAUSE = 200;

/** Whatever a session is still to do after this, it does by itself. */
const CLIENT_TIMES = { ackTimeout: 2_000, connectTimeout: 2_000 } as const;

/** What a handler can do that nobody else can. */
type Respond = (eventId: string, value: number, options: object) => Promise<unknown>;

/** The program's side of a client: it acts, and remembers what came of it. */
export class Actor {
  readonly client: MsbClient;
  readonly promises: Promises;
  readonly #program: Program;
  readonly #ledger: Ledger;
  readonly #store: FaultyStore | undefined;
  readonly #controllers: AbortController[] = [];
  readonly #calls = new Map<string, number>();
  #inside: readonly Inside[];
  #wish = false;
  #parameter = 0;
  #eventsAdded = 0;
  #state = "disconnected";

  constructor(program: Program, server: Server, store: FaultyStore | undefined, clock: FakeClock) {
    this.#program = program;
    this.#ledger = server.ledger;
    this.#store = store;
    this.#inside = program.inside;
    this.promises = new Promises(server.ledger);
    this.client = new MsbClient({
      ...identity({ uuid: server.uuid }),
      logLevel: "silent",
      clock,
      socket: server.openSocket,
      sockJsFraming: program.sockJs,
      batch: program.batch > 0 && { maxBytes: program.batch },
      autoReconnect: program.autoReconnect,
      maxInFlight: program.maxInFlight,
      eventCacheSize: program.eventCacheSize,
      retryPolicy: () => PAUSE,
      ...CLIENT_TIMES,
      ...(store === undefined ? {} : { store }),
    });
    server.onWishEnded = () => {
      this.#wish = false;
    };
    this.client.addEvent({ eventId: "E", dataFormat: "int32" });
    this.client.addConfigParameter("p", 0, "int32");
    this.client.addFunction({
      functionId: "F",
      handler: ({ respond }) => this.#onCall("call", respond as Respond),
    });
    this.#watchState(server);
    this.client.on("error", (error) => {
      if (!(error instanceof MsbError)) {
        this.#ledger.found("every error is an MsbError", String(error));
      }
    });
    for (const type of LISTENERS) {
      if (type !== "call") {
        this.client.on(type, () => this.#onCall(type));
      }
    }
  }

  /** Whether it asked for a registration, and nothing has ended that. */
  get wishesToBeRegistered(): boolean {
    return this.#wish;
  }

  /** The program does nothing more from inside. */
  calmDown(): void {
    this.#inside = [];
  }

  act(action: Action, respond?: Respond): void {
    if (action.do === "throw") {
      throw new Error("thrown by the program");
    }
    try {
      this.#act(action, respond);
    } catch (error) {
      this.#ledger.found(`${action.do} does not throw`, String(error));
    }
  }

  #act(action: Action, respond: Respond | undefined): void {
    const { client } = this;
    switch (action.do) {
      case "connect": {
        const { waitForServer } = this.#program;
        return this.promises.add("connect", client.connect(URL, { waitForServer }), action.awaited);
      }
      case "register":
        return this.#register(action.awaited);
      case "disconnect": {
        const options = action.drain === undefined ? {} : { drain: true, timeout: action.drain };
        return this.promises.add("disconnect", client.disconnect(options), true);
      }
      case "publish":
        for (let count = 0; count < action.count; count += 1) {
          this.#publish(action, respond);
        }
        return;
      case "abort":
        this.#controllers[action.pick % Math.max(1, this.#controllers.length)]?.abort();
        return;
      case "change":
        this.#parameter += 1;
        return this.promises.add(
          "change",
          client.changeConfigParameter("p", this.#parameter),
          action.awaited,
        );
      case "addEvent":
        this.#eventsAdded += 1;
        client.addEvent({ eventId: `X${this.#eventsAdded}`, dataFormat: "int32" });
        return;
      case "flush":
        return this.promises.add("flush", client.flush(), true);
      case "cacheSize":
        return client.setEventCacheSize(action.events);
    }
  }

  #register(awaited: boolean): void {
    if (this.#state !== "disconnected" && this.#state !== "disconnecting") {
      this.#wish = true;
    }
    this.promises.add("register", this.client.register(), awaited, ({ error }) => {
      const reply = (error as { reply?: string } | undefined)?.reply;
      const isRetryable = reply === "NIO_ALREADY_CONNECTED" || reply === "NIO_UNEXPECTED_REGISTRATION_ERROR";
      const { waitForServer, autoReconnect } = this.#program;
      if (waitForServer && autoReconnect && isRetryable) {
        this.#ledger.found("with waitForServer register() outlasts refusals", reply);
      }
    });
  }

  #publish(action: Extract<Action, { do: "publish" }>, respond: Respond | undefined): void {
    const record = this.#ledger.publish(action.kind, action.poison, action.awaited);
    const options = {
      cached: action.kind !== "uncached",
      ...(action.kind === "stored" ? { until: "stored" as const } : {}),
      ...(action.signal ? { signal: this.#signal() } : {}),
    };
    const { number } = record;
    const published =
      respond === undefined ? this.client.publish("E", number, options) : respond("E", number, options);
    this.promises.add("publish", published, action.awaited, (outcome) => this.#onPublished(record, outcome));
  }

  #onPublished(record: EventRecord, { error }: Outcome): void {
    if (error === undefined) {
      this.#ledger.resolved(record, numbersOn(this.#store?.disk).has(record.number));
    } else {
      this.#ledger.rejected(record, error as MsbError);
    }
  }

  #signal(): AbortSignal {
    const controller = new AbortController();
    this.#controllers.push(controller);
    return controller.signal;
  }

  #watchState(server: Server): void {
    this.client.on("stateChange", ({ state, previous }) => {
      if (previous !== this.#state) {
        this.#ledger.found("each state follows the one before", `${previous} after ${this.#state}`);
      }
      this.#state = state;
      if (state === "disconnected" || state === "disconnecting") {
        this.#wish = false;
      }
      if (state === "disconnected") {
        server.onSessionEnd();
      }
    });
  }

  #onCall(on: Inside["on"], respond?: Respond): void {
    const call = (this.#calls.get(on) ?? 0) + 1;
    this.#calls.set(on, call);
    for (const inside of this.#inside) {
      if (inside.on === on && inside.at === call) {
        this.act(inside.action, respond);
      }
    }
  }
}
