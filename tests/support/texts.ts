import fc from "fast-check";

/** What has broken clients before. */
export const NASTY_TEXTS: readonly string[] = [
  '"',
  "\\",
  '\\"',
  "'",
  "`",
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\u0007",
  "\u001f",
  "\u007f",
  "\u0085",
  "\u00ad",
  "\u2028",
  "\u2029",
  "\ufeff",
  "\ufffe",
  "\uffff",
  "\ud800",
  "\udc00",
  "\udc00\ud800",
  "😀",
  "👩‍👩‍👧‍👦",
  "é",
  "e\u0301",
  "ÄÖÜß",
  "中文",
  "‮right to left",
  "</script>",
  "${/dataObject}",
  '{"a":1}',
  '["a"]',
  "a[1]",
  "IO_PUBLISHED",
  "E {}",
  "\\u0041",
  "%00%22",
  "__proto__",
  "",
  " ",
];

/** Any text at all: every code unit, lone surrogates too, mixed with what has broken clients before. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...NASTY_TEXTS), { maxLength: 8 }).map((parts) => parts.join("")),
);

/** The same `count` texts for the same seed. */
export function generateTexts(count: number, seed = 20170714): string[] {
  return [...NASTY_TEXTS, ...fc.sample(anyText, { numRuns: count - NASTY_TEXTS.length, seed })];
}
