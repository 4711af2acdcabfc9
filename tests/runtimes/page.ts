const START = "<!-- written by: npm run test:runtimes -- --write -->";
const END = "<!-- end -->";

/** The page with this in place of what stands between its markers. */
export function betweenMarkers(page: string, content: string): string {
  const [before, rest] = page.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`The page needs the lines ${START} and ${END}.`);
  }
  return `${before}${START}\n\n${content}\n\n${END}${after}`;
}
