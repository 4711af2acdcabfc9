import type { Socket } from "node:net";
import Denque from "denque";
import type { RawData, WebSocket } from "ws";
import { isAnswer, kindOf, messagesOf, type ProxyFraming, websocketFrames, writeInPieces } from "./frames.ts";
import { Pipe } from "./pipe.ts";

/** How long messages that are to be joined wait for others, in milliseconds. */
const JOIN_WAIT = 5;

/** What is wrong with everything that goes through the proxy; each number counts down. */
export interface ProxyFaults {
  /** Milliseconds that everything is late. */
  delay: number;
  /** So many answers to events do not reach the client. */
  swallowAnswers: number;
  /** So many events are refused instead of being passed on. */
  refuseEvents: number;
  /** So many R are refused instead of being passed on. */
  refuseRegistrations: number;
  /** So many IO_REGISTERED do not reach the client. */
  swallowRegistered: number;
  /** So many messages to the client arrive in small pieces. */
  split: number;
  /** So many messages to the client arrive in one SockJS frame, or in one piece. */
  join: number;
  /** Whether what the client sends is left in its socket. */
  stopReading: boolean;
}

export interface ProxyHooks {
  /** An E of the client has come to the proxy, whatever becomes of it. */
  onEvent?(frame: string): void;
  /** An E of the client was refused, and the broker never saw it. */
  onRefused?(frame: string): void;
  /** The broker has sent something. */
  onBrokerFrame?(frame: string): void;
}

/** The two sockets of a link, as they are when both are open. */
export interface LinkSockets {
  readonly client: WebSocket;
  readonly tcp: Socket;
  readonly broker: WebSocket;
  readonly framing: ProxyFraming;
}

/** One client's connection, and the one to the broker that belongs to it. */
export class ProxyLink {
  readonly #sockets: LinkSockets;
  readonly #faults: ProxyFaults;
  readonly #hooks: ProxyHooks;
  readonly #up = new Pipe();
  readonly #down = new Pipe();
  /** What the events are answered with, in their order: by the broker, or by this refusal. */
  readonly #answers = new Denque<"broker" | "NIO_EVENT_FORWARDING_ERROR">();
  #openRefusals = 0;
  /** An answer was swallowed: from now on the client takes each for the one before. */
  #outOfStep = false;
  #frozen = false;
  #answersStopped = false;
  #joined: string[] = [];
  #joinTimer: NodeJS.Timeout | undefined;
  #lingerTimer: NodeJS.Timeout | undefined;
  #linger = 0;

  constructor(sockets: LinkSockets, faults: ProxyFaults, hooks: ProxyHooks) {
    this.#sockets = sockets;
    this.#faults = faults;
    this.#hooks = hooks;
    const { client, broker } = sockets;
    client.on("message", (data) => this.#fromClient(String(data)));
    client.on("ping", (data) => this.#up.push(() => broker.ping(data), faults.delay));
    client.on("pong", (data) => this.#up.push(() => broker.pong(data), faults.delay));
    broker.on("message", (data: RawData) => this.#fromBroker(String(data)));
    broker.on("ping", (data) => this.#down.push(() => client.ping(data), faults.delay));
    broker.on("pong", (data) => this.#down.push(() => client.pong(data), faults.delay));
    broker.on("close", (code, reason) => this.#onBrokerClose(code, reason));
    client.on("close", () => this.#onClientClose());
    client.on("error", () => {});
    if (faults.stopReading) {
      client.pause();
    }
  }

  /** Resets the client's connection, and the broker's as much later, in milliseconds: it notices late. */
  cut(brokerLater = 0): void {
    this.#linger = brokerLater;
    this.#closePipes();
    this.#sockets.tcp.resetAndDestroy();
    if (brokerLater === 0) {
      this.#sockets.broker.terminate();
    }
  }

  /** Ends the connection in order, as a broker does that is shut down. */
  close(code: number, reason: string): void {
    const { client, framing } = this.#sockets;
    if (framing === "sockjs") {
      client.send(`c${JSON.stringify([code, reason])}`);
    }
    this.#closePipes();
    client.close(framing === "sockjs" ? 1000 : code, reason);
  }

  /**
   * From now on everything is swallowed both ways, close frames too; the sockets stay open. The broker notices so many
   * milliseconds later, or with the end of the client's socket.
   */
  freeze(brokerLater: number | undefined): void {
    this.#closePipes();
    if (brokerLater !== undefined) {
      this.#lingerTimer = setTimeout(() => this.#sockets.broker.terminate(), brokerLater);
    }
    this.#frozen = true;
    const { client, tcp } = this.#sockets;
    client.resume();
    tcp.removeAllListeners("data");
    tcp.on("data", () => {});
    tcp.resume();
  }

  /** From now on the client gets no answer to an event any more, while the broker gets the events. */
  stopAnswers(): void {
    this.#answersStopped = true;
  }

  readOn(): void {
    this.#sockets.client.resume();
  }

  stopReading(): void {
    this.#sockets.client.pause();
  }

  /** At the end of the test, whatever state it is in. */
  destroy(): void {
    clearTimeout(this.#lingerTimer);
    this.#linger = 0;
    this.#closePipes();
    this.#sockets.tcp.destroy();
    this.#sockets.broker.terminate();
  }

  #fromClient(frame: string): void {
    const { broker, framing } = this.#sockets;
    const faults = this.#faults;
    const kind = kindOf(frame, framing);
    if (kind === "R" && faults.refuseRegistrations > 0) {
      faults.refuseRegistrations -= 1;
      return this.#deliver("NIO_UNEXPECTED_REGISTRATION_ERROR");
    }
    if (kind === "E") {
      this.#hooks.onEvent?.(frame);
      // Out of step the client would take it for the answer to another event: no protocol without ids can tell.
      if (faults.refuseEvents > 0 && !this.#outOfStep) {
        return this.#refuse(frame);
      }
      this.#answers.push("broker");
    }
    this.#up.push(() => broker.send(frame), faults.delay);
  }

  #refuse(frame: string): void {
    this.#faults.refuseEvents -= 1;
    this.#openRefusals += 1;
    this.#answers.push("NIO_EVENT_FORWARDING_ERROR");
    this.#hooks.onRefused?.(frame);
    this.#sendRefusals();
  }

  /** Refusals whose turn it is: all events before them are answered. */
  #sendRefusals(): void {
    for (let next = this.#answers.peekFront(); next !== undefined; next = this.#answers.peekFront()) {
      if (next === "broker") {
        return;
      }
      this.#answers.shift();
      this.#openRefusals -= 1;
      if (!this.#answersStopped) {
        this.#deliver(next);
      }
    }
  }

  #fromBroker(frame: string): void {
    this.#hooks.onBrokerFrame?.(frame);
    const messages = messagesOf(frame, this.#sockets.framing);
    if (messages === undefined) {
      return this.#sendFrame(frame);
    }
    for (const message of messages) {
      if (isAnswer(message)) {
        this.#onAnswer(message);
      } else if (message === "IO_REGISTERED" && this.#faults.swallowRegistered > 0) {
        this.#faults.swallowRegistered -= 1;
      } else {
        this.#deliver(message);
      }
    }
  }

  #onAnswer(message: string): void {
    this.#answers.shift();
    // With a refusal on its way, the client would take that for the answer to another event.
    if (this.#faults.swallowAnswers > 0 && this.#openRefusals === 0) {
      this.#faults.swallowAnswers -= 1;
      this.#outOfStep = true;
    } else if (!this.#answersStopped) {
      this.#deliver(message);
    }
    this.#sendRefusals();
  }

  #deliver(message: string): void {
    if (this.#faults.join > 0) {
      return this.#join(message);
    }
    this.#sendJoined();
    this.#sendFrame(this.#sockets.framing === "raw" ? message : `a${JSON.stringify([message])}`);
  }

  #join(message: string): void {
    this.#joined.push(message);
    this.#faults.join -= 1;
    if (this.#faults.join === 0) {
      return this.#sendJoined();
    }
    this.#joinTimer ??= setTimeout(() => this.#sendJoined(), JOIN_WAIT);
  }

  #sendJoined(): void {
    clearTimeout(this.#joinTimer);
    this.#joinTimer = undefined;
    const messages = this.#joined;
    if (messages.length === 0) {
      return;
    }
    this.#joined = [];
    const { client, tcp, framing } = this.#sockets;
    if (framing === "sockjs") {
      return this.#sendFrame(`a${JSON.stringify(messages)}`);
    }
    this.#down.push(() => {
      tcp.cork();
      for (const message of messages) {
        client.send(message);
      }
      tcp.uncork();
    }, this.#faults.delay);
  }

  #sendFrame(frame: string): void {
    const { client, tcp } = this.#sockets;
    this.#down.push(() => {
      if (this.#faults.split === 0) {
        return client.send(frame);
      }
      this.#faults.split -= 1;
      // In two websocket frames every other time, which is another way to be split.
      const half = this.#faults.split % 2 === 0 ? Math.floor(frame.length / 2) : frame.length;
      const parts = [frame.slice(0, half), frame.slice(half)].filter((part) => part !== "");
      return writeInPieces(tcp, websocketFrames(parts));
    }, this.#faults.delay);
  }

  #onClientClose(): void {
    this.#closePipes();
    const { broker } = this.#sockets;
    if (this.#linger === 0) {
      broker.terminate();
    } else {
      this.#lingerTimer = setTimeout(() => broker.terminate(), this.#linger);
    }
  }

  #onBrokerClose(code: number, reason: Buffer): void {
    clearTimeout(this.#lingerTimer);
    const { client, tcp } = this.#sockets;
    // A frozen link does not tell the client.
    if (this.#frozen) {
      return;
    }
    if (code === 1006) {
      tcp.resetAndDestroy();
    } else {
      this.#down.push(() => client.close(code === 1005 ? 1000 : code, reason), this.#faults.delay);
    }
  }

  #closePipes(): void {
    this.#up.close();
    this.#down.close();
    clearTimeout(this.#joinTimer);
  }
}
