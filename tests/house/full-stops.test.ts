import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("no sentence of ours puts a full stop behind the message of an error, which may have one: reasonOf() leaves it out", () => {
  const files = execFileSync("git", ["ls-files", "src"], { encoding: "utf8" }).split("\n");
  const wrong = files
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) =>
      [
        ...readFileSync(path, "utf8").matchAll(/.*(describeError\(\w+\)|\b(error|cause)\.message)\}\..*/g),
      ].map(([line]) => `${path}: ${line.trim()}`),
    );
  expect(wrong).toEqual([]);
});
