import { decodeMessage, type Framing, type IncomingMessage } from "../../core/codec/index.ts";
import { clip } from "../../support/clip.ts";
import type { LevelLogger } from "../../support/logger.ts";
import type { ServerClose } from "./connection-end.ts";

export interface IncomingFramesOptions {
  readonly framing: Framing;
  readonly logger: LevelLogger;
  /** Whether what else a frame holds is still of interest: a message may end the connection. */
  isReading(): boolean;
  onMessage(message: IncomingMessage): void;
  /** A heartbeat of SockJS; `ping` is a message. */
  onHeartbeat(): void;
  /** The close frame of SockJS, which comes before that of the websocket. */
  onClose(close: ServerClose): void;
}

/** Takes the messages out of the text frames that come. */
export class IncomingFrames {
  readonly #options: IncomingFramesOptions;

  constructor(options: IncomingFramesOptions) {
    this.#options = options;
  }

  read(text: string): void {
    const { framing, logger, onHeartbeat, onClose } = this.#options;
    const frame = framing.decode(text);
    switch (frame.type) {
      case "messages":
        for (const message of frame.messages) {
          this.#readMessage(message);
        }
        return;
      case "close":
        return onClose(frame);
      case "malformed":
        return logger.warn(`a frame that cannot be read was ignored: ${frame.reason}: ${clip(frame.text)}`);
      case "heartbeat":
        onHeartbeat();
        return logger.trace(() => "<- heartbeat");
      case "open":
        return logger.trace(() => "<- open");
    }
  }

  #readMessage(text: string): void {
    const { logger, isReading, onMessage } = this.#options;
    if (isReading()) {
      if (logger.isTracing) {
        logger.trace(() => `<- ${text}`);
      }
      onMessage(decodeMessage(text));
    }
  }
}
