import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../package/package.ts";

/** What stands before a block of code: `<!-- test: NAME -->`, `<!-- file: PATH -->` or `<!-- output: NAME -->`. */
type Mark = "test" | "file" | "output";

export interface GuideBlock {
  /** The document, from the root on. */
  readonly document: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  readonly mark: Mark | undefined;
  /** What the mark names. */
  readonly name: string | undefined;
}

/** Every block of code in a guide, in order. */
export async function guideBlocks(document: string): Promise<readonly GuideBlock[]> {
  const text = await readFile(join(ROOT, document), "utf8");
  const blocks = text.matchAll(/^(?:<!-- (test|file|output): (\S+) -->\n)?```(\w*)\n(.*?)^```$/gms);
  return [...blocks].map(({ index, 1: mark, 2: name, 3: language = "", 4: code = "" }) => ({
    document,
    line: text.slice(0, index).split("\n").length,
    language,
    code,
    mark: mark as Mark | undefined,
    name,
  }));
}

/** A pattern for what a program writes where the guide shows one run of it: `…` stands for anything on that line. */
export function outputPattern(shown: string): RegExp {
  const pattern = shown
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("…", ".*")
    .replace(/ws:\S+/g, "ws:\\S+")
    .replace(/\d{4}-\d\d-\d\dT[\d:]+\\\.\d{3}Z/g, "\\d{4}-\\d\\d-\\d\\dT[\\d:]+\\.\\d{3}Z");
  return new RegExp(`^${pattern}$`);
}
