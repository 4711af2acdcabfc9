import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { LISTED_DOCUMENTS } from "../../docs/.vitepress/sidebar.ts";
import { documents, readDocument, readMarkdown } from "../support/docs/documents.ts";
import { ROOT } from "../support/package/package.ts";

const ELSEWHERE = /^[a-z]+:/;
/** `npm run docs` makes these pages, and fails if a link to one leads nowhere. */
const GENERATED = "docs/api/";

/** The links of a document that lead nowhere, and why. */
function broken(document: string, targets: readonly string[]): string[] {
  return targets
    .filter((target) => !ELSEWHERE.test(target))
    .flatMap((target) => {
      const [path = "", anchor] = decodeURI(target).split("#");
      const file = path === "" ? document : posix.join(posix.dirname(document), path);
      return file.startsWith(GENERATED) ? [] : missing(file, anchor).map((reason) => `${target}: ${reason}`);
    });
}

function missing(file: string, anchor: string | undefined): string[] {
  if (file.startsWith("..")) {
    return ["it is not in the repository"];
  }
  if (!existsSync(join(ROOT, file))) {
    return [`there is no ${file}`];
  }
  return anchor === undefined || (file.endsWith(".md") && readDocument(file).anchors.has(anchor))
    ? []
    : [`${file} has no heading for #${anchor}`];
}

describe("the documents", () => {
  test.each(documents())("every link and picture of %s leads somewhere", (document) => {
    expect(broken(document, readDocument(document).targets)).toEqual([]);
  });

  // A file that a document shows as a whole, "`src/main.ts`:", is in the project of its reader.
  const PATH = /`((?:src|tests|scripts|docs|bench|demo|examples|\.ci|\.github)\/[\w./-]*)`(?!:\n)/g;

  test.each(documents())("the files that %s names are there", (document) => {
    const text = readFileSync(join(ROOT, document), "utf8");
    const named = [...text.matchAll(PATH)].map(([, path = ""]) => path);
    // An example is a project of its own.
    const folder = document.startsWith("examples/") ? posix.dirname(document) : "";
    const absent = named.filter(
      (path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, folder, path)),
    );
    expect(absent.filter((path) => !`${path}/`.startsWith(GENERATED))).toEqual([]);
  });

  test("the sidebar of the site has every document of docs, and no other", () => {
    const pages = documents()
      .filter((path) => path.startsWith("docs/"))
      .map((path) => path.slice("docs/".length))
      .filter((path) => path !== "index.md");
    expect([...LISTED_DOCUMENTS].sort()).toEqual(pages.sort());
  });

  test("what is checked: links, pictures, anchors and HTML, but not code", () => {
    const { targets, anchors } = readMarkdown(
      [
        "# The `set()` of *it* & more",
        "## Twice\n## Twice",
        '[a](../b.md#c) ![d](e.svg) [f]\n\n[f]: g.md\n\n<img src="h.png"> and <a id="i" href="j.md">k</a>',
        "`[no](no.md)`\n\n```md\n[no](no.md)\n```",
      ].join("\n\n"),
    );
    expect(targets).toEqual(["../b.md#c", "e.svg", "g.md", "h.png", "j.md"]);
    expect([...anchors]).toEqual(["the-set-of-it--more", "twice", "twice-1", "i"]);
    expect(
      broken("docs/guides/tls.md", ["#browsers", "stores.md", "https://example.com", "../api/index.md"]),
    ).toEqual([]);
    expect(
      broken("docs/guides/tls.md", ["#no", "stores.md#no", "no.md", "../../../no", "../../src#no"]),
    ).toEqual([
      "#no: docs/guides/tls.md has no heading for #no",
      "stores.md#no: docs/guides/stores.md has no heading for #no",
      "no.md: there is no docs/guides/no.md",
      "../../../no: it is not in the repository",
      "../../src#no: src has no heading for #no",
    ]);
  });
});

describe("the comments of the code", () => {
  const NAMED = /\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g;

  const named = ["src", "scripts", "tests", "bench", "demo"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes("node_modules"))
      .map((name) => `${folder}/${name}`)
      .filter((file) => file !== "tests/docs/links.test.ts")
      .flatMap((file) =>
        [...readFileSync(join(ROOT, file), "utf8").matchAll(NAMED)].map(([target]) => ({ file, target })),
      ),
  );

  test("the documents and headings that they name are there", () => {
    expect(named.length).toBeGreaterThan(20);
    const wrong = named.flatMap(({ file, target }) => {
      const [document = "", anchor] = target.split("#");
      return missing(document, anchor).map((reason) => `${file}: ${reason}`);
    });
    expect(wrong).toEqual([]);
  });
});
