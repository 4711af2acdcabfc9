import { rawFraming, sockJsFraming } from "../codec/index.ts";

/** No character of a message takes more bytes of UTF-8 in a frame: a control character, escaped twice, takes seven. */
const MOST_BYTES = 8;

/** The size of a message in its frame, in bytes of UTF-8, where it is more than `limit`; measured only where it may be. */
export function oversize(message: string, isSockJs: boolean, limit: number): number | undefined {
  if (message.length * MOST_BYTES <= limit) return undefined;
  const frame = (isSockJs ? sockJsFraming : rawFraming).encode(message);
  const size = new TextEncoder().encode(frame).length;
  return size > limit ? size : undefined;
}
