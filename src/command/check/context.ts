import { randomBytes, randomUUID } from "node:crypto";
import { type Framing, rawFraming, sockJsFraming } from "../../core/codec/index.ts";
import { MsbClient, type MsbClientOptions } from "../../index.ts";
import { nodeSocket } from "../../platform/index.ts";
import type { SocketFactory } from "../../socket/index.ts";
import { Transcript } from "./connection/transcript.ts";
import { Wire, type WireOptions } from "./connection/wire.ts";
import { type Description, describePublisher } from "./descriptions.ts";
import { maskToken } from "./report/mask.ts";
import type { Target } from "./target.ts";

/** Twelve characters, as in the samples of the official clients. */
const TOKEN_BYTES = 6;

/** What probes have found out so far. */
export interface Facts {
  /** The framings that connect, SockJS first. */
  framings: readonly Framing[];
  registers: boolean;
  acknowledges: boolean;
}

/** What the probes of one run share: where to, a throwaway identity, and everything that has to be closed at the end. */
export class CheckContext {
  readonly target: Target;
  readonly origins: readonly string[];
  readonly facts: Facts = { framings: [], registers: false, acknowledges: false };
  /** Who registered, and may still be known to the MSB. */
  readonly left = new Set<string>();
  /** Of all that is registered here. */
  readonly token: string;
  /** Hides the token in whatever is shown. */
  readonly mask: (text: string) => string;
  /** Why nothing more makes sense. */
  stopped: string | undefined;
  /** Registers again and again, one connection after the other: an MSB should keep few services of ours. */
  readonly publisher: Description;
  readonly #open = new Set<Wire | MsbClient>();
  #isClosed = false;

  constructor(
    target: Target,
    { origins, token }: { readonly origins: readonly string[]; readonly token: string | undefined },
  ) {
    this.target = target;
    this.origins = origins;
    this.token = token ?? randomBytes(TOKEN_BYTES).toString("hex");
    this.mask = maskToken(this.token);
    this.publisher = describePublisher(this.identity());
  }

  /** The one that clients use by default, if it works. */
  get framing(): Framing {
    return this.facts.framings[0] ?? sockJsFraming;
  }

  get hasSockJs(): boolean {
    return this.facts.framings.includes(sockJsFraming);
  }

  get hasRaw(): boolean {
    return this.facts.framings.includes(rawFraming);
  }

  /** A service that nobody needs. */
  identity(): Pick<Description, "@class" | "uuid" | "name" | "description" | "token"> {
    return {
      "@class": "SmartObject",
      uuid: randomUUID(),
      name: "msb-client-websocket check",
      description: "Made to find out what this MSB does. It can be deleted.",
      token: this.token,
    };
  }

  /** @throws {import("../../support/errors.ts").MsbConnectionError} */
  async wire(options: Partial<WireOptions> = {}): Promise<Wire> {
    this.#checkOpen();
    const wire = await Wire.open(this.target, {
      framing: this.framing,
      transcript: new Transcript(this.mask),
      ...options,
    });
    if (this.#isClosed) {
      wire.end();
    }
    this.#checkOpen();
    this.#open.add(wire);
    return wire;
  }

  /** Sends R. @returns the answer; `undefined` if there was none. */
  async register(wire: Wire, description: Description, milliseconds?: number): Promise<string | undefined> {
    const answer = await wire.ask(`R ${JSON.stringify(description)}`, milliseconds);
    if (answer === "IO_REGISTERED") {
      this.left.add(description.uuid);
    }
    return answer;
  }

  /** The client as its users have it, but quiet, and without a second attempt. Its frames are written down. */
  client(options: MsbClientOptions = {}): { readonly client: MsbClient; readonly transcript: Transcript } {
    this.#checkOpen();
    const { "@class": _, ...identity } = this.identity();
    const { tls, answerTime } = this.target;
    const transcript = new Transcript(this.mask);
    const client = new MsbClient({
      ...{ type: "SmartObject", ...identity },
      ...{ logLevel: "silent", autoReconnect: false, sockJsFraming: this.framing === sockJsFraming },
      ...{ connectTimeout: answerTime, ackTimeout: answerTime, closeTimeout: 1_000 },
      ...(tls === undefined ? {} : { tls }),
      ...{ socket: writtenDown(transcript), ...options },
    });
    client.on("stateChange", ({ state }) => {
      if (state === "registered") {
        this.left.add(client.uuid);
      }
    });
    // What is awaited is told there.
    client.on("error", () => {});
    this.#open.add(client);
    return { client, transcript };
  }

  /** Closes every connection, and opens no more: a probe that was given up may go on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const open = [...this.#open];
    this.#open.clear();
    await Promise.all(open.map((each) => (each instanceof Wire ? each.close() : each.disconnect())));
  }

  #checkOpen(): void {
    if (this.#isClosed) {
      throw new Error("The check has ended.");
    }
  }
}

/** The socket of Node.js, with a transcript of its frames. */
function writtenDown(transcript: Transcript): SocketFactory {
  const open = nodeSocket();
  return (url, listener, options) => {
    const socket = open(
      url,
      {
        open: () => listener.open(),
        pong: () => listener.pong(),
        message: (frame) => {
          transcript.add("received", frame);
          listener.message(frame);
        },
        close: (close) => {
          transcript.add("closed", `code ${close.code}`);
          listener.close(close);
        },
      },
      options,
    );
    return {
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
      send: (frame) => {
        transcript.add("sent", frame);
        socket.send(frame);
      },
      close: (code, reason) => socket.close(code, reason),
      terminate: () => socket.terminate(),
      ping: () => socket.ping?.(),
      pause: () => socket.pause?.(),
      resume: () => socket.resume?.(),
    };
  };
}
