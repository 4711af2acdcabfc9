/** How many bytes a string has in UTF-8, with three for a lone surrogate. */
export function utf8Bytes(text: string): number {
  return typeof TextEncoder === "function" ? new TextEncoder().encode(text).length : counted(text);
}

/** The pages of Jest's jsdom have no TextEncoder. */
function counted(text: string): number {
  let bytes = 0;
  // By characters: a lone surrogate is one by itself.
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
