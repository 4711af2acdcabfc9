import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import {
  CDN_FILE,
  COMMAND,
  cdnTag,
  filesWithTag,
  packageVersion,
  ROOT,
  tagsOf,
  withTag,
} from "../../scripts/cdn-tag.ts";

const packed = (): Promise<Buffer> =>
  readFile(join(inject("consumer"), "node_modules/msb-client-websocket", CDN_FILE));

test("the README loads the package by a tag with a hash", () => {
  expect(filesWithTag()).toContain("README.md");
});

test.each(filesWithTag())(
  "the <script> tags of %s have the version and the hash of the packed file",
  async (path) => {
    const tag = cdnTag(packageVersion(), await packed());
    const text = await readFile(join(ROOT, path), "utf8");
    for (const each of tagsOf(text)) {
      expect(each, `${path} does not load what is packed. Write it anew: ${COMMAND}`).toBe(tag);
    }
    // No address without a version, outside of a tag either.
    expect(text.match(/(jsdelivr|unpkg)\S*msb-client-websocket(?!@\d)/g)).toBeNull();
  },
);

test("a tag of another version, in several lines, without a hash, is written anew", () => {
  const tag = cdnTag("1.2.3", Buffer.from("code"));
  const old = `<p></p>
    <script
      src="https://cdn.jsdelivr.net/npm/msb-client-websocket"
    ></script><script src="/other.js"></script>`;
  expect(withTag(old, tag)).toBe(`<p></p>\n    ${tag}</script><script src="/other.js"></script>`);
  expect(tag).toMatch(
    /^<script src="https:\/\/cdn\.jsdelivr\.net\/npm\/msb-client-websocket@1\.2\.3\/dist\/index\.global\.js" integrity="sha384-[\w+/]{64}" crossorigin="anonymous">$/,
  );
});
