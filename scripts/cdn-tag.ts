// The <script> tag with which documents and examples load the package from a CDN: of one version, with the hash of its file.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What the tag loads. */
export const CDN_FILE = "dist/index.global.js";
/** What writes the tags. */
export const COMMAND = "npm run build && npm run docs:cdn";

const PLACES = ["README.md", "docs", "examples", "demo"];
const TAG = /<script\s[^>]*?src="https:\/\/cdn\.jsdelivr\.net\/npm\/msb-client-websocket[^"]*"[^>]*>/g;

/** The tag for a version of the package, and its file. */
export function cdnTag(version: string, file: Buffer): string {
  const integrity = `sha384-${createHash("sha384").update(file).digest("base64")}`;
  const src = `https://cdn.jsdelivr.net/npm/msb-client-websocket@${version}/${CDN_FILE}`;
  return `<script src="${src}" integrity="${integrity}" crossorigin="anonymous">`;
}

/** The version of the package as it is here. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;
}

/** A text with this tag in the place of every other one. */
export function withTag(text: string, tag: string): string {
  return text.replace(TAG, () => tag);
}

/** The tags of a text. */
export function tagsOf(text: string): string[] {
  return text.match(TAG) ?? [];
}

/** The documents and examples that have such a tag; paths in the repository. */
export function filesWithTag(): string[] {
  return PLACES.flatMap(filesBelow)
    .filter((path) => /\.(md|html)$/.test(path))
    .filter((path) => tagsOf(readFileSync(join(ROOT, path), "utf8")).length > 0);
}

function filesBelow(path: string): string[] {
  if (path.endsWith(".md")) {
    return [path];
  }
  try {
    return readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) {
        // Of what is installed or generated nothing is ours.
        return /^(node_modules|dist|api|\..*)$/.test(entry.name) ? [] : filesBelow(`${path}/${entry.name}`);
      }
      return [`${path}/${entry.name}`];
    });
  } catch {
    // A repository without this folder.
    return [];
  }
}
