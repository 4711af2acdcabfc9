import type { SocketFactory } from "../../../src/index.ts";
import type { FakeClock } from "../../../src/testing/fake-clock.ts";
import type { Ledger } from "./ledger.ts";
import { Link } from "./link.ts";
import type { PlanStep, Program, ServerStep } from "./program.ts";
import type { DialReaction, EReaction, RReaction } from "./reactions.ts";
import { isEventReply, isRegistrationReply } from "./replies.ts";

/** How many messages wait for each other at most, in milliseconds. */
const BUNDLE_WAIT = 10;

/** A server that does what the program says, and otherwise what a good one does. */
export class Server {
  readonly program: Program;
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly uuid: string;
  /** The client heard of a refusal that ends its wish to be registered. */
  onWishEnded: () => void = () => {};
  readonly #dials: DialReaction[] = [];
  readonly #registrations: RReaction[] = [];
  readonly #events: EReaction[] = [];
  readonly #links: Link[] = [];
  #bundle = 1;
  #stuffedUntil = 0;
  #throwsOnSend = false;
  #throwsOnAsk = false;
  /** Whether the next connection follows a lost one of the same session. */
  #isSequel = false;

  constructor(program: Program, clock: FakeClock, ledger: Ledger, uuid: string) {
    this.program = program;
    this.clock = clock;
    this.ledger = ledger;
    this.uuid = uuid;
  }

  readonly openSocket: SocketFactory = (_url, listener) => {
    if (this.#links.some((link) => link.isOpen)) {
      this.ledger.found("one socket is open at a time");
    }
    const startsSlow = this.#isSequel && this.#links.at(-1)?.wasBusy === true;
    this.#isSequel = true;
    const reaction = this.#dials.shift();
    if (reaction?.type === "throws") {
      throw new Error("no socket can be made");
    }
    const link = new Link(this, listener, startsSlow);
    this.#links.push(link);
    if (reaction === undefined) {
      link.accept("IO_CONNECTED");
    } else if (reaction.type === "refuse") {
      link.accept(reaction.reply);
    } else if (reaction.type === "mute") {
      link.accept(undefined);
    } else if (reaction.type === "fails") {
      this.after(this.program.latency, () => link.cut());
    }
    return link;
  };

  /** @throws if the program says so */
  get isStuffed(): boolean {
    const throws = this.#throwsOnAsk;
    this.#throwsOnAsk = false;
    if (throws) {
      throw new Error("the socket cannot say what it has not sent");
    }
    return this.clock.monotonic() < this.#stuffedUntil;
  }

  get bundle(): number {
    return this.#bundle;
  }

  get openLinks(): number {
    return this.#links.filter((link) => link.isOpen).length;
  }

  throwsOnSend(): boolean {
    const throws = this.#throwsOnSend;
    this.#throwsOnSend = false;
    return throws;
  }

  /** Calls the client; what it throws would end the program. */
  guard(what: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.ledger.found(`nothing escapes into the socket's ${what}`, String(error));
    }
  }

  after(ms: number, callback: () => void): void {
    this.clock.setTimeout(callback, ms);
  }

  /** The client is disconnected. */
  onSessionEnd(): void {
    this.#isSequel = false;
  }

  happen(step: ServerStep): void {
    const link = this.#links.at(-1);
    switch (step.server) {
      case "sendThrows":
        this.#throwsOnSend = true;
        return;
      case "askThrows":
        this.#throwsOnAsk = true;
        return;
      case "stuffed":
        this.#stuffedUntil = this.clock.monotonic() + step.ms;
        return;
      case "bundle":
        this.#bundle = step.count;
        this.after(BUNDLE_WAIT, () => this.#unbundle());
        return;
      default:
        if (link?.isOpen === true) {
          this.#happenTo(link, step);
        }
    }
  }

  #happenTo(link: Link, step: ServerStep): void {
    switch (step.server) {
      case "cut":
        return link.cut();
      case "freeze":
        return link.freeze();
      case "close":
        return link.serverCloses(step.code, step.how);
      case "ping":
        return link.say("ping");
      case "heartbeat":
        return link.frame("h");
      case "garbage":
        return link.frame(step.text);
      case "reply":
        return this.#sayUnasked(link, step.text);
      case "call":
        return link.say(`C ${JSON.stringify({ uuid: this.uuid, functionId: "F", functionParameters: {} })}`);
      case "configure":
        for (let count = 0; count < step.count; count += 1) {
          link.say(`K ${JSON.stringify({ uuid: this.uuid, params: { p: 1_000_000 + count } })}`);
        }
    }
  }

  plan(step: PlanStep): void {
    if (step.plan === "dial") {
      this.#dials.push(step.reaction);
    } else if (step.plan === "R") {
      this.#registrations.push(step.reaction);
    } else {
      this.#events.push(step.reaction);
    }
  }

  onRegistration(link: Link): void {
    const reaction = this.#registrations.shift();
    switch (reaction?.type) {
      case "swallow":
        return;
      case "cut":
        return link.cut();
      case "close":
        return link.serverCloses(reaction.code, "frame");
      case "refuse":
        return link.say(reaction.reply);
      case "late":
        return link.say("IO_REGISTERED", undefined, reaction.ms);
      case undefined:
        return link.say("IO_REGISTERED");
    }
  }

  onEvent(link: Link, number: number): void {
    this.ledger.onArrival(number);
    const { poison } = this.ledger.event(number);
    if (poison !== 0) {
      return link.serverCloses(poison, "frame");
    }
    const reaction = this.#events.shift();
    if (reaction?.type === "cut before") {
      return link.cut();
    }
    if (reaction?.type === "close before") {
      return link.serverCloses(reaction.code, "frame");
    }
    // Out of step it would be told to the publisher of another event.
    if (reaction?.type === "refuse" && !link.isOutOfStep) {
      return this.#refuse(link, number, reaction.reply);
    }
    this.ledger.event(number).accepted = true;
    if (reaction?.type === "swallow") {
      return link.leaveOutOne();
    }
    if (reaction?.type === "mute") {
      link.mute();
    }
    link.answer("IO_PUBLISHED", reaction?.type === "late" ? reaction.ms : 0);
    if (reaction?.type === "cut after") {
      link.cut();
    }
    if (reaction?.type === "close after") {
      link.serverCloses(reaction.code, "socket");
    }
  }

  /** From now on it is good, and so is the network. */
  heal(): void {
    this.#dials.length = 0;
    this.#registrations.length = 0;
    this.#events.length = 0;
    this.#throwsOnSend = false;
    this.#throwsOnAsk = false;
    this.#stuffedUntil = 0;
    this.#unbundle();
    for (const link of this.#links) {
      link.heal();
    }
  }

  #refuse(link: Link, number: number, reply: string): void {
    link.answer(reply, 0, () => {
      this.ledger.event(number).refused = true;
    });
  }

  #unbundle(): void {
    this.#bundle = 1;
    for (const link of this.#links) {
      link.flush();
    }
  }

  #sayUnasked(link: Link, text: string): void {
    // It would be taken for the answer to an event that is on its way.
    if (isEventReply(text)) {
      if (link.unanswered === 0 && this.#bundle === 1) {
        link.deliver(text);
      }
    } else if (isRegistrationReply(text)) {
      link.sayUnasked(text);
    } else {
      link.say(text);
    }
  }
}
