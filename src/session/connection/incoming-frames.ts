import { decodeMessage, type Framing, type IncomingMessage } from "../../core/codec/index.ts";
import { clip } from "../../support/clip.ts";
import type { LevelLogger } from "../../support/logger.ts";
import type { ServerClose } from "./connection-end.ts";

/** Who reads the frames that come. */
export interface FrameReader {
  readonly framing: Framing;
  readonly logger: LevelLogger;
  /** Whether what else a frame holds is still of interest: a message may end the connection. */
  readonly isReading: boolean;
  /** A message as it came, before it is read. */
  onText(text: string): void;
  onMessage(message: IncomingMessage): void;
  /** A heartbeat of SockJS; `ping` is a message. */
  onHeartbeat(): void;
  /** The close frame of SockJS, which comes before that of the websocket. */
  onCloseFrame(close: ServerClose): void;
}

/** Takes the messages out of a text frame. */
export function readFrame(text: string, reader: FrameReader): void {
  const { logger } = reader;
  const frame = reader.framing.decode(text);
  switch (frame.type) {
    case "messages":
      for (const message of frame.messages) {
        readMessage(message, reader);
      }
      return;
    case "close":
      return reader.onCloseFrame(frame);
    case "malformed":
      return logger.warn(`a frame that cannot be read was ignored: ${frame.reason}: ${clip(frame.text)}`);
    case "heartbeat":
      reader.onHeartbeat();
      return logger.trace(() => "<- heartbeat");
    case "open":
      return logger.trace(() => "<- open");
  }
}

function readMessage(text: string, reader: FrameReader): void {
  if (!reader.isReading) {
    return;
  }
  const { logger } = reader;
  if (logger.isTracing) {
    logger.trace(() => `<- ${text}`);
  }
  reader.onText(text);
  reader.onMessage(decodeMessage(text));
}
