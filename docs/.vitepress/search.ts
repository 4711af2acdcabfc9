// What the search of the site finds first. VitePress writes both functions into the pages as text, so each stands for itself.
import type { DefaultTheme } from "vitepress";

/** Guides before lists; but whoever types a name of a program, such as `keepAlive` or `STORE_FAILED`, wants to read about that. */
function boostDocument(id: string, term: string, stored?: Record<string, unknown>): number {
  const title = String(stored?.["title"]);
  const isName = /[a-z][A-Z]|[A-Z]_[A-Z]/.test(title);
  if (isName && title.toLowerCase().split(/\W+|_/).includes(term)) {
    return 1;
  }
  const [, room] = /\/(api|reference|project)\//.exec(id) ?? [];
  return room === "api" ? 0.25 : room === "project" ? 0.4 : room === "reference" ? 0.6 : 1;
}

/** Without the words that are in every text, as far as nobody begins another word with them. */
function processTerm(term: string): string | null {
  const word = term.toLowerCase();
  return /^(a|and|are|how|the|what)$/.test(word) ? null : word;
}

export const search: NonNullable<DefaultTheme.Config["search"]> = {
  provider: "local",
  options: { miniSearch: { options: { processTerm }, searchOptions: { boostDocument } } },
};
