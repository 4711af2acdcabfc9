import { posix } from "node:path";
import type MarkdownIt from "markdown-it";

/**
 * Documents lead to files of the repository that are no pages of the site, such as `../../examples/`. On a Git host these are
 * links; here they become their text, and say where to look.
 */
export function keepInside(markdown: MarkdownIt): void {
  markdown.core.ruler.push("links-outside", ({ tokens, env }) => {
    const folder = posix.dirname(env.relativePath ?? "");
    for (const { children } of tokens) {
      let isOutside = false;
      for (const token of children ?? []) {
        if (token.type === "link_open") {
          const path = posix.normalize(posix.join(folder, String(token.attrGet("href"))));
          isOutside = path.startsWith("../");
          if (isOutside) {
            token.tag = "span";
            token.attrs = [["title", `${path.slice(3)} in the repository`]];
            // VitePress has a renderer for links, that checks them.
            token.type = "outside_open";
          }
        } else if (token.type === "link_close" && isOutside) {
          token.tag = "span";
        }
      }
    }
  });
}
