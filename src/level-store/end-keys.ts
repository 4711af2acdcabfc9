import type { Level } from "level";
import type { StoreKeys } from "../core/event-cache/store.ts";
import { decodeKey, encodeKey } from "./record.ts";

/** The keys at both ends; foreign ones are passed over. It reads no values, and no keys in between. */
export async function readEndKeys(level: Level<string, string>): Promise<StoreKeys | undefined> {
  const [first, last] = await Promise.all([findKey(level, false), findKey(level, true)]);
  return first === undefined || last === undefined ? undefined : { first, last };
}

async function findKey(level: Level<string, string>, reverse: boolean): Promise<number | undefined> {
  const range = { gte: encodeKey(0), lte: encodeKey(Number.MAX_SAFE_INTEGER), reverse };
  for await (const key of level.keys(range)) {
    const number = decodeKey(key);
    if (number !== undefined) {
      return number;
    }
  }
  return undefined;
}
