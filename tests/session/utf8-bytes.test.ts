import { afterEach, expect, it, vi } from "vitest";
import { utf8Bytes } from "../../src/support/utf8-bytes.ts";
import fc from "../support/properties.ts";

/** With every unit as likely near the borders of the surrogates as elsewhere. */
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }),
  fc.integer({ min: 0xd7fe, max: 0xe001 }),
  fc.constantFrom(0x7f, 0x80, 0x7ff, 0x800, 0xd800, 0xdbff, 0xdc00, 0xdfff),
);

afterEach(() => {
  vi.unstubAllGlobals();
});

it("a string has as many bytes as TextEncoder writes, also without one", () => {
  const encoder = new TextEncoder();
  vi.stubGlobal("TextEncoder", undefined);
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const text = String.fromCharCode(...units);
      expect(utf8Bytes(text)).toBe(encoder.encode(text).length);
    }),
  );
});
