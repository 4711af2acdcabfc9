import { describe, expect, test } from "vitest";
import { readProperties } from "../../../src/core/self-description/properties-text.ts";
import { identityFromProperties } from "../../../src/index.ts";

describe("the text of a Java properties file", () => {
  test.each<[name: string, text: string, entries: Record<string, string>]>([
    ["nothing", "", {}],
    ["blank lines and comments", "\n \t\f\r\n# a=b\n  ! a=b\\\nc=d", { c: "d" }],
    ["a byte order mark", "\uFEFFa=b", { a: "b" }],
    ["all ends of lines", "a=1\nb=2\rc=3\r\nd=4", { a: "1", b: "2", c: "3", d: "4" }],
    ["all separators", "a=1\nb:2\nc 3\nd\t=\f4\ne = 5", { a: "1", b: "2", c: "3", d: "4", e: "5" }],
    ["one separator only", "a==1\nb = =2\nc : :3", { a: "=1", b: "=2", c: ":3" }],
    ["keys without values", "a\nb=\nc", { a: "", b: "", c: "" }],
    ["a value without a key", "=1", { "": "1" }],
    ["spaces behind a value", "  a = 1 \t", { a: "1 \t" }],
    ["escapes", "a\\ b\\=c\\:=\\t\\n\\r\\f\\x\\\\", { "a b=c:": "\t\n\r\fx\\" }],
    ["unicode", "\\u00e4=\\u00C4\\u20ac\\U", { ä: "Ä€U" }],
    ["lines that go on", "a=1, \\\n   2, \\\r\n\t3\nb\\\n=4", { a: "1, 2, 3", b: "4" }],
    ["an escaped backslash at the end", "a=1\\\\\nb=2", { a: "1\\", b: "2" }],
    ["a last line that goes on", "a=1\\", { a: "1" }],
    ["a key that comes twice", "a=1\na=2", { a: "2" }],
  ])("%s", (_name, text, entries) => {
    expect(Object.fromEntries(readProperties(text))).toEqual(entries);
  });

  test("an escape that is not whole is told with the file", () => {
    expect(() => identityFromProperties("a=\\u00g1", "my.properties")).toThrow(
      'my.properties: malformed \\u escape in "\\\\u00g1"',
    );
  });
});
