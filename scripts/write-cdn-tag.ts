// `npm run docs:cdn`: after a build, writes version and hash into every <script> tag of documents and examples.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CDN_FILE, cdnTag, filesWithTag, packageVersion, ROOT, withTag } from "./cdn-tag.ts";

const tag = cdnTag(packageVersion(), readFileSync(join(ROOT, CDN_FILE)));
for (const path of filesWithTag()) {
  const before = readFileSync(join(ROOT, path), "utf8");
  const after = withTag(before, tag);
  if (after !== before) {
    writeFileSync(join(ROOT, path), after);
    console.log(path);
  }
}
