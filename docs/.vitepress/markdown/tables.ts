import type MarkdownIt from "markdown-it";

/** Cells with more characters than this are sentences, and have a width at which they are some lines, not a tower of words. */
const SENTENCE = 60;
const CHARACTERS_PER_EM = 8;
const WIDEST = 28;

/**
 * Tables that are wider than the page are pushed sideways. Browsers make each column as narrow as its longest word before that; so
 * columns with sentences say how wide they have to be.
 */
export function leaveRoomForSentences(markdown: MarkdownIt): void {
  markdown.core.ruler.push("room-for-sentences", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const length = tokens[index + 1]?.content.length ?? 0;
      if (token.type === "td_open" && length > SENTENCE) {
        const width = Math.min(Math.ceil(length / CHARACTERS_PER_EM), WIDEST);
        token.attrPush(["style", `min-width:min(${width}em,80vw)`]);
      }
    }
  });
}
