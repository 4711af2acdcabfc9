import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import GithubSlugger from "github-slugger";
import MarkdownIt from "markdown-it";
import { ROOT } from "./compile-examples.ts";

/** The documents that people read: `README.md`, `docs/guides/tls.md`, `examples/react/README.md`. Generated ones are not among them. */
export function documents(): string[] {
  return [
    ...markdownIn(".", false),
    ...markdownIn("docs", true).filter((path) => !/^docs\/(api|\.vitepress)\//.test(path)),
    ...markdownIn("examples", true).filter((path) => !path.includes("/node_modules/")),
  ];
}

function markdownIn(folder: string, recursive: boolean): string[] {
  const path = join(ROOT, folder);
  return (existsSync(path) ? readdirSync(path, { recursive, encoding: "utf8" }) : [])
    .filter((name) => name.endsWith(".md"))
    .map((name) => (folder === "." ? name : `${folder}/${name.replaceAll("\\", "/")}`));
}

export interface ReadDocument {
  /** Where links and pictures lead, as they stand there. */
  readonly targets: readonly string[];
  /** What can stand behind `#`, as Git hosts make it of headings. */
  readonly anchors: ReadonlySet<string>;
}

const markdown = new MarkdownIt({ html: true });

export function readDocument(path: string): ReadDocument {
  return readMarkdown(readFileSync(join(ROOT, path), "utf8"));
}

export function readMarkdown(text: string): ReadDocument {
  const slugger = new GithubSlugger();
  const targets: string[] = [];
  const anchors = new Set<string>();
  let isHeading = false;
  for (const { type, content, children } of markdown.parse(text, {})) {
    if (isHeading) {
      const words = (children ?? []).filter((token) => token.type === "text" || token.type === "code_inline");
      anchors.add(slugger.slug(words.map((token) => token.content).join("")));
    }
    isHeading = type === "heading_open";
    for (const token of children ?? []) {
      const target = token.attrGet("href") ?? token.attrGet("src");
      if (target !== null) {
        targets.push(target);
      }
    }
    for (const html of [{ type, content }, ...(children ?? [])].filter((token) =>
      token.type.startsWith("html"),
    )) {
      targets.push(...attributes(html.content, "href|src"));
      for (const anchor of attributes(html.content, "id|name")) {
        anchors.add(anchor);
      }
    }
  }
  return { targets, anchors };
}

function attributes(html: string, names: string): string[] {
  return [...html.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, "g"))].map(([, value = ""]) => value);
}
