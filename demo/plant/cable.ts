// The network cable of the press: whatever it and the broker say to each other goes through here.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Cable as CableState } from "../plant-state.ts";

/** Where the other end of the cable is. */
export interface CableEnd {
  readonly host: string;
  readonly port: number;
}

/** Both sides of one connection through the cable. */
interface Link {
  readonly near: Socket;
  /** `undefined` if it came while nothing passed. */
  far: Socket | undefined;
}

/**
 * Connections that wait while nothing passes: whoever has made more has given up the first ones long ago, which is not heard of
 * here. Without a limit a night would pile up thousands.
 */
const MAX_WAITING = 16;

/** A cable that can be pulled: a proxy for TCP. */
export class Cable {
  readonly #to: CableEnd;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #state: CableState = "plugged";

  constructor(to: CableEnd) {
    this.#to = to;
    this.#server = createServer((near) => this.#accept(near));
  }

  get state(): CableState {
    return this.#state;
  }

  /** @returns the port on this computer that leads to the other end. */
  async open(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  set(state: CableState): void {
    if (state === this.#state) {
      return;
    }
    this.#state = state;
    for (const link of [...this.#links]) {
      if (state === "unplugged") {
        this.#cut(link);
      } else if (state === "half-open") {
        hold(link);
      } else {
        this.#release(link);
      }
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const link of [...this.#links]) {
        this.#cut(link);
      }
    });
  }

  #accept(near: Socket): void {
    // What happens to a socket is told by its "close"; an error that nobody hears would end the program.
    near.on("error", () => {});
    if (this.#state === "unplugged") {
      near.resetAndDestroy();
      return;
    }
    const link: Link = { near, far: undefined };
    this.#links.add(link);
    near.once("close", (isBroken) => this.#onClose(link, isBroken));
    if (this.#state === "plugged") {
      this.#release(link);
    } else {
      hold(link);
      this.#cutForgotten();
    }
  }

  #cutForgotten(): void {
    const waiting = [...this.#links].filter(({ far }) => far === undefined);
    for (const link of waiting.slice(0, -MAX_WAITING)) {
      this.#cut(link);
    }
  }

  /** Everything passes again: also what was said while nothing did, as a network that drops packets repeats them. */
  #release(link: Link): void {
    const { near } = link;
    if (link.far === undefined) {
      const far = connect(this.#to);
      far.on("error", () => {});
      far.once("close", (isBroken) => this.#onClose(link, isBroken));
      link.far = far;
    }
    if (near.closed || link.far.closed) {
      this.#cut(link);
      return;
    }
    near.pipe(link.far);
    link.far.pipe(near);
  }

  /** While nothing passes, no side hears of the other's end. */
  #onClose(link: Link, isBroken: boolean): void {
    if (this.#state === "half-open") {
      return;
    }
    if (isBroken) {
      this.#cut(link);
      return;
    }
    // What was said before, such as a close frame, still arrives.
    this.#links.delete(link);
    link.near.destroySoon();
    link.far?.destroySoon();
  }

  #cut(link: Link): void {
    this.#links.delete(link);
    for (const socket of [link.near, link.far]) {
      if (socket !== undefined && !socket.destroyed) {
        socket.resetAndDestroy();
      }
    }
  }
}

function hold({ near, far }: Link): void {
  near.unpipe();
  far?.unpipe();
  near.pause();
  far?.pause();
}
