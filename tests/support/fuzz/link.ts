import { type Framing, rawFraming, sockJsFraming } from "../../../src/core/codec/index.ts";
import type { Socket, SocketListener } from "../../../src/index.ts";
import type { FakeClock } from "../../../src/testing/fake-clock.ts";
import type { Ledger } from "./ledger.ts";
import type { Program } from "./program.ts";
import { isFatalReply, isRegistrationReply } from "./replies.ts";

/** The server that a link belongs to. */
interface LinkServer {
  readonly program: Program;
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly isStuffed: boolean;
  readonly bundle: number;
  onWishEnded(): void;
  throwsOnSend(): boolean;
  guard(what: string, call: () => void): void;
  after(ms: number, callback: () => void): void;
  onRegistration(link: Link): void;
  onEvent(link: Link, number: number): void;
}

/** A message on its way to the client, and what is true as soon as it is there. */
interface Delivery {
  readonly text: string;
  onDelivered?(): void;
}

/** One connection as client and server see it: a socket whose other side is the server. */
export class Link implements Socket {
  readonly #server: LinkServer;
  readonly #ledger: Ledger;
  readonly #listener: SocketListener;
  readonly #framing: Framing;
  /** Numbers of the events that the client has no answer to. */
  readonly #unanswered: number[] = [];
  readonly #bundled: Delivery[] = [];
  #phase: "opening" | "open" | "closing" | "closed" = "opening";
  #isFrozen = false;
  /** After a SockJS close frame the socket stays as it is, until the client ends it. */
  #isLeftOpen = false;
  #openRegistrations = 0;
  #isRegistered = false;
  #isConnected = false;
  #answers = 0;
  #lastAt = 0;
  #isMute = false;
  /** The server has decided to end it: it reads and says nothing more. */
  #isGivenUp = false;
  #isOutOfStep = false;
  /** Whether the connection before was lost with events in flight. */
  readonly #startsSlow: boolean;

  constructor(server: LinkServer, listener: SocketListener, startsSlow: boolean) {
    this.#server = server;
    this.#ledger = server.ledger;
    this.#listener = listener;
    this.#framing = server.program.sockJs ? sockJsFraming : rawFraming;
    this.#startsSlow = startsSlow;
  }

  get isOpen(): boolean {
    return this.#phase !== "closed";
  }

  /** Whether the client knows of this connection, and events on it have no answer. */
  get wasBusy(): boolean {
    return this.#isConnected && this.#unanswered.length > 0;
  }

  get unanswered(): number {
    return this.#unanswered.length;
  }

  get bufferedAmount(): number {
    return this.#server.isStuffed ? 5_000_000 : 0;
  }

  // The client's side.

  send(text: string): void {
    if (this.#phase === "opening" || this.#phase === "closed") {
      this.#ledger.found("nothing is sent on a socket that is not open", text);
    }
    if (this.#server.throwsOnSend()) {
      throw new Error("the socket cannot send");
    }
    if (this.#phase !== "open") {
      return;
    }
    for (const message of (this.#framing.name === "raw" ? [text] : JSON.parse(text)) as string[]) {
      this.#onSent(message);
    }
  }

  #onSent(message: string): void {
    if (message.startsWith("R ")) {
      this.#onRegistration();
    } else if (message.startsWith("E ")) {
      this.#onEvent(JSON.parse(message.slice(2)).dataObject);
    } else if (message !== "pong") {
      this.#ledger.found("the client sends R, E and pong only", message);
    }
  }

  close(): void {
    if (this.#phase === "closed") {
      return;
    }
    this.#phase = "closing";
    this.#later(() => this.#end(1000));
  }

  terminate(): void {
    if (this.#phase === "closed") {
      return;
    }
    this.#phase = "closed";
    this.#server.after(1, () =>
      this.#server.guard("close", () => this.#listener.close({ code: 1006, reason: "" })),
    );
  }

  // The server's side.

  /** Opens it, up to IO_CONNECTED, or what comes instead. */
  accept(greeting: string | undefined): void {
    this.#later(() => {
      if (this.#phase !== "opening") {
        return;
      }
      this.#phase = "open";
      this.#server.guard("open", () => this.#listener.open());
    });
    if (this.#framing.name === "sockjs") {
      this.frame("o");
    }
    if (greeting === undefined) {
      return;
    }
    this.say(greeting, () => {
      if (greeting === "IO_CONNECTED") {
        this.#isConnected = true;
      }
    });
  }

  /** Sends a message, as late as it is. */
  say(text: string, onDelivered?: () => void, late = 0): void {
    if (this.#isGivenUp) {
      return;
    }
    this.#later(() => this.deliver(text, onDelivered), late);
  }

  /**
   * The same for an answer to a registration that nobody asked for. Behind other messages in one SockJS frame it is left out:
   * if one of them makes the client send R, it passes for the answer to that R, which the server has not read.
   */
  sayUnasked(text: string): void {
    if (this.#isGivenUp) {
      return;
    }
    this.#later(() => {
      if (this.#server.bundle === 1 || this.#framing.name === "raw") {
        this.deliver(text);
      }
    });
  }

  /** The message is there. */
  deliver(text: string, onDelivered?: () => void): void {
    if (!this.#isThrough) {
      return;
    }
    this.#bundled.push({ text, ...(onDelivered === undefined ? {} : { onDelivered }) });
    if (this.#bundled.length >= this.#server.bundle) {
      this.flush();
    }
  }

  /** What waits for others goes in one frame; with raw framing at once, but one by one. */
  flush(): void {
    const deliveries = this.#bundled.splice(0);
    if (this.#framing.name === "raw") {
      for (const delivery of deliveries) {
        this.#deliver([delivery]);
      }
    } else if (deliveries.length > 0) {
      this.#deliver(deliveries);
    }
  }

  frame(text: string): void {
    this.#later(() => this.#receive(text));
  }

  /** It is at its end, without a close frame. */
  cut(): void {
    if (!this.#isLeftOpen) {
      this.#end(1006);
    }
  }

  /** In the end every network tells that a connection is gone. */
  heal(): void {
    if (this.#isFrozen) {
      this.cut();
    }
    this.flush();
  }

  serverCloses(code: number, how: "frame" | "socket" | "frame only"): void {
    if (this.#isGivenUp) {
      return;
    }
    this.#isGivenUp = true;
    this.#later(() => {
      if (!this.#isThrough) {
        return;
      }
      this.#ledger.onServerClose(code, this.#unanswered);
      // It may mean that the R is too large, which ends the wish as a refusal does.
      if (code === 1009 && this.#openRegistrations > 0) {
        this.#server.onWishEnded();
      }
      if (this.#framing.name === "raw" || how === "socket") {
        return this.#end(code);
      }
      this.#receive(`c${JSON.stringify([code, "go"])}`);
      if (how === "frame only") {
        this.#isLeftOpen = true;
      } else {
        this.#later(() => this.#end(1000));
      }
    });
  }

  /** Nothing comes through any more, and nobody is told. */
  freeze(): void {
    this.#isFrozen = true;
  }

  /** Answers an event, unless this connection does not do that any more. */
  answer(reply: string, late: number, onDelivered?: () => void): void {
    if (this.#isMute) {
      return;
    }
    const answered = (): void => {
      this.#unanswered.shift();
      this.#answers += 1;
      onDelivered?.();
    };
    this.say(reply, answered, late);
  }

  mute(): void {
    this.#isMute = true;
  }

  /** An answer is left out: from now on no refusal may come, because it would go to another event. */
  leaveOutOne(): void {
    this.#isOutOfStep = true;
  }

  get isOutOfStep(): boolean {
    return this.#isOutOfStep;
  }

  get #isThrough(): boolean {
    const isOpen = this.#phase === "open" || this.#phase === "closing";
    return isOpen && !this.#isFrozen && !this.#isLeftOpen;
  }

  get #reads(): boolean {
    return this.#phase === "open" && this.#isThrough && !this.#isGivenUp;
  }

  #deliver(deliveries: readonly Delivery[]): void {
    if (!this.#isThrough) {
      return;
    }
    const texts = deliveries.map(({ text }) => text);
    for (const { text, onDelivered } of deliveries) {
      if (isRegistrationReply(text)) {
        this.#onReply(text);
      }
      onDelivered?.();
    }
    const fatal = texts.some(isFatalReply);
    if (fatal) {
      this.#server.onWishEnded();
    }
    this.#receive(this.#framing.name === "raw" ? texts.join() : `a${JSON.stringify(texts)}`);
    // In a bundle a listener may have registered before the refusal was read.
    if (fatal && texts.length > 1) {
      this.#server.onWishEnded();
    }
  }

  #receive(frame: string): void {
    if (!this.#isThrough) {
      return;
    }
    this.#server.guard("message", () => this.#listener.message(frame));
  }

  #onRegistration(): void {
    this.#openRegistrations += 1;
    if (this.#openRegistrations > 1) {
      this.#ledger.found("one R is unanswered at a time");
    }
    this.#later(() => {
      if (this.#reads) {
        this.#server.onRegistration(this);
      }
    });
  }

  #onReply(text: string): void {
    if (text === "IO_REGISTERED" && this.#openRegistrations > 0) {
      this.#isRegistered = true;
    }
    this.#openRegistrations = Math.max(0, this.#openRegistrations - 1);
  }

  #onEvent(number: number): void {
    this.#ledger.onSent(number);
    this.#unanswered.push(number);
    const { maxInFlight } = this.#server.program;
    if (!this.#isRegistered) {
      this.#ledger.found("no event before IO_REGISTERED", `event ${number}`);
    }
    if (this.#unanswered.length > maxInFlight) {
      this.#ledger.found("at most maxInFlight are unanswered");
    }
    if (this.#startsSlow && this.#answers === 0 && this.#unanswered.length > 1) {
      this.#ledger.found("after a lost connection the window starts at 1");
    }
    this.#later(() => {
      if (this.#reads) {
        this.#server.onEvent(this, number);
      }
    });
  }

  #end(code: number): void {
    if (this.#phase === "closed" || ((this.#isFrozen || this.#isLeftOpen) && code !== 1006)) {
      return;
    }
    this.#phase = "closed";
    this.#server.guard("close", () => this.#listener.close({ code, reason: "" }));
  }

  /** In order, and never before the call returns. */
  #later(callback: () => void, late = 0): void {
    const now = this.#server.clock.monotonic();
    this.#lastAt = Math.max(this.#lastAt, now + this.#server.program.latency + late);
    this.#server.after(this.#lastAt - now, callback);
  }
}
