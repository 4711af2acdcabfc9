import type { EncodedMessage, Framing } from "../../core/codec/index.ts";
import { utf8Bytes } from "../../support/utf8-bytes.ts";

/** No character of a message takes more bytes of UTF-8 in a frame: a control character, escaped twice, takes seven. */
const MOST_BYTES = 8;

/** The size of a message in its frame, in bytes of UTF-8, if it is more than `limit`; measured only if it may be. */
export function oversize(message: EncodedMessage, framing: Framing, limit: number): number | undefined {
  if (message.length * MOST_BYTES <= limit) {
    return undefined;
  }
  const size = utf8Bytes(framing.encode(message));
  return size > limit ? size : undefined;
}
