// A machine of the plant: a program of its own, which is started again when it ends without having been asked to.
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Milliseconds until a machine that has ended starts again. */
const RESTART_PAUSE = 2_000;
/** Milliseconds that a machine has to end by itself. */
const END_GRACE = 4_000;

export interface MachineOptions {
  readonly program: URL;
  /** The MSB's URL, and whatever else the program wants. */
  readonly arguments: readonly string[];
  /** What the machine tells beside the MSB. */
  onMessage?(message: unknown): void;
  /** It has been started, or has ended. */
  onChange(): void;
}

/** Runs a program. They talk over a channel of Node.js, which is none of the cables of the plant. */
export class Machine {
  readonly #options: MachineOptions;
  #child: ChildProcess | undefined;
  #ended = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#start();
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** `kill -9`: it has no time to put anything in order. Starts again by itself. */
  async crash(): Promise<void> {
    if (this.#child?.pid !== undefined) {
      // Without a number it would be everything that belongs to this program.
      this.#child.kill("SIGKILL");
    }
    await this.#ended;
  }

  /** Ends it for good: when its channel closes, a machine ends by itself. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) {
      return;
    }
    const deadline = setTimeout(() => child.kill("SIGKILL"), END_GRACE);
    if (child.connected) {
      child.disconnect();
    }
    await this.#ended;
    clearTimeout(deadline);
  }

  #start(): void {
    const child = fork(fileURLToPath(this.#options.program), this.#options.arguments);
    this.#child = child;
    child.on("message", (message) => this.#options.onMessage?.(message));
    this.#ended = new Promise<void>((resolve) => {
      child.once("exit", resolve);
      child.on("error", (error) => {
        console.error(`A machine could not be started: ${error.message}`);
        if (child.pid === undefined) {
          // It has no end, because it never began.
          resolve();
        }
      });
    }).then(() => this.#onEnd());
    this.#options.onChange();
  }

  #onEnd(): void {
    this.#child = undefined;
    if (!this.#isStopped) {
      this.#timer = setTimeout(() => this.#start(), RESTART_PAUSE);
    }
    this.#options.onChange();
  }
}
