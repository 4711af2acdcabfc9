/** Puts `content` between the two comments that mark a section of a page in Markdown. */
export function replaceSection(page: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}: written by a command -->`, `<!-- end of ${name} -->`];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`The page has no section between ${start} and ${end}.`);
  }
  return `${before}${start}\n\n${content.trim()}\n\n${end}${after}`;
}
