import type { Socket, SocketListener } from "../../socket/index.ts";
import type { Clock } from "../../support/clock.ts";
import type { MsbError } from "../../support/errors.ts";
import { notAnswered } from "./connection-end.ts";
import type { ConnectionOptions } from "./connection-options.ts";
import { Watchdog } from "./watchdog.ts";

/** What a connection needs only until IO_CONNECTED: where it goes, and how long that may take. */
export class Opening {
  readonly options: ConnectionOptions;
  readonly #watchdog: Watchdog;

  /** @param onTimeout IO_CONNECTED did not come in time */
  constructor(options: ConnectionOptions, clock: Clock, onTimeout: (error: MsbError) => void) {
    this.options = options;
    const { url, connectTimeout } = options;
    this.#watchdog = new Watchdog({
      clock,
      limit: () => connectTimeout,
      onSilence: () => onTimeout(notAnswered(url, connectTimeout)),
    });
  }

  /** Its time begins. @throws whatever the socket's factory throws */
  dial(listener: SocketListener): Socket {
    const { url, openSocket, socketOptions } = this.options;
    this.#watchdog.sign();
    this.#watchdog.watch();
    return openSocket(url, listener, socketOptions);
  }

  stop(): void {
    this.#watchdog.stop();
  }
}
