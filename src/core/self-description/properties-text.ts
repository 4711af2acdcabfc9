/** The spaces of a properties file; those of other characters are part of a value. */
const INDENT = /^[ \t\f]+/;

/** A key, with its escapes, what separates it from the value, and the value. */
const ENTRY = /^((?:\\.|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s;

/** A backslash at the end that is not escaped itself: the next line goes on with this one. */
const CONTINUED = /^(?:[^\\]|\\.)*\\$/s;

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", f: "\f" };

/**
 * The entries of a Java properties file; the last of a key wins.
 * @throws {SyntaxError} for a `\u` without four digits
 */
export function readProperties(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const nextLine = (): string | undefined => lines.shift()?.replace(INDENT, "");
  for (let line = nextLine(); line !== undefined; line = nextLine()) {
    if (line === "" || /^[#!]/.test(line)) {
      continue;
    }
    while (CONTINUED.test(line)) {
      line = line.slice(0, -1) + (nextLine() ?? "");
    }
    const [, key = "", value = ""] = ENTRY.exec(line) ?? [];
    entries.set(unescaped(key), unescaped(value));
  }
  return entries;
}

function unescaped(text: string): string {
  return text.replace(/\\(u[\da-fA-F]{4}|.)/gs, (_, escaped: string) => {
    if (escaped === "u") {
      throw new SyntaxError(`malformed \\u escape in ${JSON.stringify(text)}`);
    }
    return escaped.length > 1
      ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
      : (ESCAPES[escaped] ?? escaped);
  });
}
