import { describe, expect, it } from "vitest";
import { inUse, storeFailure } from "../../src/level-store/failures.ts";
import {
  decodeKey,
  decodeRecord,
  describeForeignKey,
  encodeEvent,
  encodeKey,
  encodeMarker,
} from "../../src/level-store/record.ts";

describe("what stands in the database", () => {
  it("is read as it was written", () => {
    const event = { eventId: "E", message: 'E {"a":"ü"}' };
    expect(decodeRecord(encodeEvent(event))).toEqual({ type: "event", event });
    expect(decodeRecord(encodeMarker(7))).toEqual({ type: "marker", goneFrom: 7 });
    expect(encodeKey(42)).toBe("0000000000000042");
    expect(decodeKey(encodeKey(42))).toBe(42);
  });

  it.each(["{", "null", "[]", '{"eventId":"E"}', '{"eventId":"E","message":"R {}"}', '{"goneFrom":"7"}'])(
    "%s is damaged, and says why",
    (value) => {
      expect(decodeRecord(value)).toEqual({ type: "damaged", reason: expect.stringMatching(/./) });
    },
  );

  it("says only the beginning of what it does not know", () => {
    const long = JSON.stringify("x".repeat(1_000));
    const record = decodeRecord(long);
    expect(record.type === "damaged" && record.reason.length).toBeLessThan(120);
    expect(describeForeignKey("x".repeat(1_000)).length).toBeLessThan(150);
  });
});

describe("a failure of LevelDB", () => {
  it.each([
    ["LEVEL_IO_ERROR", "IO error: /s/MANIFEST-000002: No such file or directory"],
    ["LEVEL_CORRUPTION", "checksum mismatch"],
    ["LEVEL_DATABASE_NOT_OPEN", "Corruption: missing files"],
  ])("%s %s says how to repair it", (code, message) => {
    const error = storeFailure("opened", "s", "/the/o'store", Object.assign(new Error(message), { code }));
    expect(error).toMatchObject({ code: "STORE_FAILED", message: expect.stringContaining(message) });
    expect(error.remedy).toContain(String.raw`node -e "require('level').Level.repair('/the/o\'store')"`);
  });

  it("that nobody knows has no remedy, but its cause", () => {
    const cause = new Error("what?");
    const error = storeFailure("read", "s", "/s", cause);
    expect(error).toMatchObject({ message: 'The store "s" cannot be read: what?.', cause });
    expect(error.remedy).toBeUndefined();
  });

  it("that another process has it is told as such", () => {
    const cause = Object.assign(new Error("lock"), { code: "LEVEL_LOCKED" });
    const error = storeFailure("opened", "s", "/s", new Error("failed", { cause }));
    expect(error.message).toBe(inUse("s").message);
    expect(error.message).toContain("is open in another client");
  });
});
