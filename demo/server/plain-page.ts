// demo/plain.html as it is, but for its script: here that comes out of the sources, and not from a CDN.
import { readFile } from "node:fs/promises";
import type { BuiltFile } from "./page-bundle.ts";

const CDN_TAG = /<script\s[^>]*?src="https:\/\/cdn\.jsdelivr\.net\/npm\/msb-client-websocket[^"]*"[^>]*>/;

export async function plainPage(): Promise<BuiltFile> {
  const text = await readFile(new URL("../plain.html", import.meta.url), "utf8");
  return { type: "text/html; charset=utf-8", body: text.replace(CDN_TAG, '<script src="/msb.js">') };
}
