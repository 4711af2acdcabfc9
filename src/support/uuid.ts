import { customAlphabet } from "nanoid";

const digits = customAlphabet("0123456789abcdef", 30);
const variant = customAlphabet("89ab", 1);

/**
 * A new random UUID (version 4). `crypto.randomUUID` is missing in pages that come over plain http from another computer.
 * @example
 * const uuid = localStorage.getItem("uuid") ?? createUuid();
 * localStorage.setItem("uuid", uuid); // the same service after a reload
 */
export function createUuid(): string {
  const random = digits();
  return [
    random.slice(0, 8),
    random.slice(8, 12),
    `4${random.slice(12, 15)}`,
    variant() + random.slice(15, 18),
    random.slice(18),
  ].join("-");
}
