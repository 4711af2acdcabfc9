// Every block of code of README and docs is held by a test. What a block needs is one of these:
// - `<!-- test: NAME -->` or `<!-- output: NAME -->` on the line before it, and a test that names the document and NAME;
// - `<!-- test: compiled -->`: compiled here, as a module if it imports something, otherwise as an `@example` is;
// - `<!-- file: PATH -->`: it stands in that file;
// - nothing, if it is JSON, or commands: those are looked at here.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCommandMistakes } from "../support/docs/commands.ts";
import { compileExamples, compileSamples, publicProgram, ROOT } from "../support/docs/compile-examples.ts";

interface Block {
  readonly document: string;
  /** The line of the first line of code, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Such as `test` and `machine`. */
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

/** Pictures, and what programs print. */
const WITHOUT_CODE = new Set(["", "text", "mermaid"]);
const COMPILED = "compiled";

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending) && !/(^|\/)(node_modules|dist|api|\.vitepress)\//.test(name))
    .map((name) => join(folder, name));

const documents = ["README.md", "CONTRIBUTING.md", ...filesIn("docs", ".md")];

function blocksOf(document: string): Block[] {
  const text = readFileSync(join(ROOT, document), "utf8");
  const fences = text.matchAll(/(?:^ *<!-- (\w+): (\S+) -->\n)?^( *)```([\w-]*)[^\n]*\n(.*?)^ *```$/gms);
  return [...fences].map(
    ({ 0: whole, 1: kind, 2: name, 3: indent = "", 4: language = "", 5: code = "", index }) => ({
      document,
      line: text.slice(0, index + whole.indexOf("```")).split("\n").length + 1,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      kind,
      name,
    }),
  );
}

const blocks = documents.flatMap(blocksOf);
const at = ({ document, line }: Block): string => `${document}:${line}`;

const tests = filesIn("tests", ".ts")
  .filter((path) => basename(path) !== "blocks.test.ts")
  .map((path) => readFileSync(join(ROOT, path), "utf8"));

/** Whether a test, or what it is made of, reads this block. */
function isRead({ document, name = "" }: Block): boolean {
  const stem = basename(document, ".md");
  const quoted = (text: string, what: string): boolean =>
    ['"', "'", "`"].some((quote) => text.includes(`${what}${quote}`));
  const readers = tests.filter((text) => quoted(text, `${stem}.md`) || quoted(text, stem));
  return readers.some((text) => quoted(text, name) || text.includes("documentSamples("));
}

function isHeld(block: Block): boolean {
  const { kind, name = "", language, code } = block;
  if (name === COMPILED) {
    return kind === "test";
  }
  if (kind === "test" || kind === "output") {
    return isRead(block);
  }
  if (kind === "file") {
    return existsSync(join(ROOT, name));
  }
  return language === "sh" || (language === "json" && isJson(code));
}

function isJson(code: string): boolean {
  try {
    JSON.parse(code);
    return true;
  } catch {
    return false;
  }
}

describe("the blocks of code of the documents", () => {
  it("are found", () => {
    expect(blocks.map(({ document }) => document)).toContain("docs/guides/contract.md");
    expect(blocks.length).toBeGreaterThan(50);
  });

  it("are held by a test each", () => {
    const loose = blocks.filter((block) => !WITHOUT_CODE.has(block.language) && !isHeld(block));
    expect(loose.map((block) => `${at(block)} ${block.kind ?? ""} ${block.name ?? ""}`.trim())).toEqual([]);
  });

  it("compile, if they are marked so", { timeout: 120_000 }, () => {
    const marked = blocks.filter(({ name }) => name === COMPILED);
    const isModule = ({ code }: Block): boolean => /^import /m.test(code);
    const examples = marked
      .filter((block) => !isModule(block))
      .map(({ document, line, code }) => ({ file: join(ROOT, document), line, name: COMPILED, code }));
    const modules = marked.filter(isModule);
    const said = compileSamples(modules.map(({ code }) => code));
    const mistakes = modules.flatMap((block, index) =>
      (said[index] ?? []).map((mistake) => `${at(block)} ${mistake}`),
    );
    expect([...mistakes, ...compileExamples(publicProgram(), examples)]).toEqual([]);
  });

  it("name commands that there are", () => {
    const mistakes = blocks
      .filter(({ language }) => language === "sh")
      .flatMap((block) => findCommandMistakes(block.code).map((mistake) => `${at(block)} ${mistake}`));
    expect(mistakes).toEqual([]);
  });
});
