import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { PLACEHOLDER } from "../../docs/.vitepress/folder/placeholder.ts";
import { relativePage } from "../../docs/.vitepress/folder/relative-page.ts";
import { relativeScript } from "../../docs/.vitepress/folder/relative-script.ts";
import { drawDiagrams } from "../../docs/.vitepress/markdown/diagrams.ts";
import { keepInside } from "../../docs/.vitepress/markdown/links-outside.ts";
import { leaveRoomForSentences } from "../../docs/.vitepress/markdown/tables.ts";

describe("a page of the site", () => {
  const page = (head: string, body = ""): string =>
    `<html><head>${head}</head><body>${body}<script type="module" src="${PLACEHOLDER}assets/app.1.js"></script></body></html>`;

  test("finds everything from where it is", () => {
    const html = page(
      `<link href="${PLACEHOLDER}a.css"><link rel="modulepreload" href="${PLACEHOLDER}b.js">`,
      `<a href="${PLACEHOLDER}guides/c.html#d">c</a><img src="${PLACEHOLDER}e.svg">`,
    );
    const relative = relativePage(html, "../", "assets");
    expect(relative).toContain('<link href="../a.css"></head>');
    expect(relative).toContain('<a href="../guides/c.html#d">c</a><img src="../e.svg">');
    expect(relative).toMatch(/src="\.\.\/assets\/start\.js".*System\.import\("\.\.\/assets\/app\.1\.js"\)/);
    expect(relative).not.toContain("module");
  });

  test("names the page of a folder, which only servers find by themselves", () => {
    const links = [PLACEHOLDER, `${PLACEHOLDER}api/`, "./", "../api/#x", "#top", "https://example.com/"];
    const html = page("", links.map((link) => `<a href="${link}"></a>`).join(""));
    expect(
      [...relativePage(html, "./", "assets").matchAll(/<a href="([^"]*)"/g)].map(([, to]) => to),
    ).toEqual([
      ...["./index.html", "./api/index.html", "./index.html", "../api/index.html#x"],
      ...["#top", "https://example.com/"],
    ]);
  });
});

test("a script of the site has the path of the site in every string that names it", () => {
  const code = [
    `const at = "${PLACEHOLDER}";`,
    `const json = JSON.parse('{"a\\\\n":"${PLACEHOLDER}b","c":"${PLACEHOLDER}"}');`,
    // biome-ignore lint/style/useTemplate: it is code inside of a string
    "const page = `" + PLACEHOLDER + "${at.length}/d`;",
    "return [at, json, page];",
  ].join("\n");
  const script = relativeScript(`function run() {\n${code}\n}`);
  const run = new Function("siteRoot", `${script}\nreturn run();`);
  expect(run("/hall/3/")).toEqual(["/hall/3/", { "a\n": "/hall/3/b", c: "/hall/3/" }, "/hall/3/8/d"]);
});

describe("the Markdown of the site", () => {
  test("has no links to files that are no pages, and says where these are", () => {
    const markdown = new MarkdownIt();
    keepInside(markdown);
    const render = (text: string): string => markdown.renderInline(text, { relativePath: "guides/react.md" });
    expect(render("[the *example*](../../examples/react/) and [Vue](vue.md)")).toBe(
      '<span title="examples/react/ in the repository">the <em>example</em></span> and <a href="vue.md">Vue</a>',
    );
    expect(render("[a](https://example.com/) [b](#c) [d](../index.md)")).not.toContain("span");
  });

  test("keeps room for the sentences of a table, and more for longer ones", () => {
    const markdown = new MarkdownIt();
    leaveRoomForSentences(markdown);
    const html = markdown.render(`|a|b|c|\n|-|-|-|\n|word|${"it ".repeat(40)}|${"it ".repeat(400)}|`);
    const widths = [...html.matchAll(/<td(?: style="min-width:min\((\d+)em,80vw\)")?>/g)].map(
      ([, width]) => width,
    );
    expect(widths).toEqual([undefined, "15", "28"]);
  });

  test("shows diagrams as pictures that load nothing, and other code as code", () => {
    const markdown = new MarkdownIt();
    drawDiagrams(markdown);
    const html = markdown.render("```mermaid\nflowchart TD\n  press --> msb\n```\n\n```sh\nls\n```\n");
    expect(html).toMatch(/^<div class="diagram"[^>]*><svg.*press.*<\/svg><\/div>/s);
    expect(html).not.toMatch(/<style|@import|https?:\/\/(?!www\.w3\.org)/);
    expect(html).toContain('<code class="language-sh">ls');
  });
});
