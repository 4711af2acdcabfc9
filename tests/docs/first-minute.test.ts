import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../support/package/package.ts";

const text = readFileSync(join(ROOT, "docs/first-minute.md"), "utf8");
const steps = [
  ...text.matchAll(
    /^## (\d+)\. .+\n\n!\[.+\]\(images\/(first-minute-(\d\d)\.webp)\)\n\n\*\*Second (\d+)\.\*\* /gm,
  ),
].map(([, step, file = "", picture, second]) => ({
  step: Number(step),
  file,
  picture: Number(picture),
  second: Number(second),
}));

test("the first minute has numbered pictures, each in its order and with its second", () => {
  expect(steps.length).toBe(10);
  expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
  expect(steps.map(({ picture }) => picture)).toEqual(steps.map((_, index) => index + 1));
  const seconds = steps.map(({ second }) => second);
  expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  expect(seconds.at(-1)).toBeLessThanOrEqual(60);
});

test("its pictures are there, no other, and none takes long to load", () => {
  const files = readdirSync(join(ROOT, "docs/images")).filter((name) => name.startsWith("first-minute"));
  expect(files.sort()).toEqual(steps.map(({ file }) => file));
  const large = files.filter((name) => statSync(join(ROOT, "docs/images", name)).size > 120_000);
  expect(large).toEqual([]);
});
