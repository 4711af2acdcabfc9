import type { Socket } from "node:net";

export type ProxyFraming = "sockjs" | "raw";

/** What an E is answered with. */
const ANSWERS: ReadonlySet<string> = new Set([
  "IO_PUBLISHED",
  "NIO_EVENT_FORWARDING_ERROR",
  "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR",
]);

const PUBLISHED_FRAME = 'a["IO_PUBLISHED"]';

export function isAnswer(message: string): boolean {
  return ANSWERS.has(message);
}

/** The messages in a frame of the broker; `undefined` for a frame that holds none, such as `o` and `h`. */
export function messagesOf(frame: string, framing: ProxyFraming): readonly string[] | undefined {
  if (framing === "raw") {
    return [frame];
  }
  // Nearly every frame is this one.
  if (frame === PUBLISHED_FRAME) {
    return ["IO_PUBLISHED"];
  }
  return frame.startsWith("a") ? JSON.parse(frame.slice(1)) : undefined;
}

/** `R`, `E` or whatever else the first letter of the client's frame says. */
export function kindOf(frame: string, framing: ProxyFraming): string {
  return frame.charAt(framing === "raw" ? 0 : 2);
}

/** The bytes of one websocket message in several frames: `parts` of the text, unmasked as servers send them. */
export function websocketFrames(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part, index) => {
      const payload = Buffer.from(part);
      const opcode = index === 0 ? 0x01 : 0x00;
      const last = index === parts.length - 1 ? 0x80 : 0x00;
      return [header(opcode | last, payload.length), payload];
    }),
  );
}

/** Writes a few bytes at a time, so that the other side reads many small TCP segments. */
export async function writeInPieces(tcp: Socket, bytes: Buffer): Promise<void> {
  tcp.setNoDelay(true);
  for (let start = 0, size = 1; start < bytes.length; start += size, size = (size % 5) + 1) {
    if (tcp.destroyed) {
      return;
    }
    tcp.write(bytes.subarray(start, start + size));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function header(first: number, length: number): Buffer {
  if (length < 126) {
    return Buffer.from([first, length]);
  }
  if (length < 65_536) {
    return Buffer.from([first, 126, length >> 8, length & 0xff]);
  }
  const bytes = Buffer.alloc(10);
  bytes.writeUInt8(first, 0);
  bytes.writeUInt8(127, 1);
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
