const BACKSLASH = 0x5c;

/** Past the quote that ends the string that begins at `start`. */
export function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let before = end - 1;
    while (json.charCodeAt(before) === BACKSLASH) {
      before -= 1;
    }
    if ((end - before) % 2 === 1) {
      return end + 1;
    }
  }
  return json.length;
}
