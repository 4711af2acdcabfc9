import type { Connection, Framing } from "../transport/connection.ts";

/** A {@link Connection} without a socket: a recorded client that says again what it said. What it is sent is lost. */
export class VirtualConnection implements Connection {
  readonly id: string;
  readonly framing: Framing = "raw";
  readonly remoteAddress = "replay";
  onMessage: (message: string) => void = () => {};
  onClose: () => void = () => {};
  #open = true;
  #frozen = false;

  constructor(id: string) {
    this.id = id;
  }

  get open(): boolean {
    return this.#open;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  /** Says this to the broker. */
  say(message: string): void {
    if (this.#open && !this.#frozen) {
      this.onMessage(message);
    }
  }

  send(): boolean {
    return this.#open;
  }

  heartbeat(): void {}

  close(): void {
    this.destroy();
  }

  destroy(): void {
    if (this.#open) {
      this.#open = false;
      this.onClose();
    }
  }

  freeze(): void {
    this.#frozen = true;
  }
}
