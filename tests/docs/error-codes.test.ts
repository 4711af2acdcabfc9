// docs/reference/error-codes.md has an entry for each code, and none that nothing can throw.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { REFUSALS } from "../../src/broker/protocol/refusals.ts";
import { EVENT_REFUSALS, REGISTRATION_REFUSALS } from "../../src/core/codec/messages.ts";
import { isFatal } from "../../src/session/reconnecting/retry.ts";
import { connectionRefused, registrationRefused } from "../../src/session/refusals.ts";
import { ROOT } from "../support/docs/compile-examples.ts";

let page: string;
let entries: ReadonlyMap<string, string>;

beforeAll(async () => {
  page = await readFile(join(ROOT, "docs/reference/error-codes.md"), "utf8");
  const sections = page.split(/^### /m).slice(1);
  entries = new Map(
    sections.map((section) => {
      const [code = "", ...lines] = section.split("\n");
      return [code, lines.join("\n").replace(/^## .*/ms, "")];
    }),
  );
});

/** The members of the type `MsbErrorCode`. */
async function errorCodes(): Promise<string[]> {
  const path = join(ROOT, "src/support/errors.ts");
  const source = ts.createSourceFile(path, await readFile(path, "utf8"), ts.ScriptTarget.Latest);
  const declaration = source.statements
    .filter(ts.isTypeAliasDeclaration)
    .find(({ name }) => name.text === "MsbErrorCode");
  const members = declaration && ts.isUnionTypeNode(declaration.type) ? declaration.type.types : [];
  return members.map((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? member.literal.text : "?",
  );
}

describe("docs/reference/error-codes.md", () => {
  it("has an entry for every code, and for no other", async () => {
    const codes = await errorCodes();
    expect(codes).toContain("TIMEOUT");
    expect([...entries.keys()].sort()).toEqual([...codes, ...REFUSALS].sort());
  });

  it("says of each what happened, and what to do", () => {
    const lacking = [...entries].filter(
      ([, text]) => !/^\*\*What happened\.\*\* \S/m.test(text) || !/^\*\*What to do\.\*\* \S/m.test(text),
    );
    expect(lacking.map(([code]) => code)).toEqual([]);
  });

  it("says which refusals the client tries again", () => {
    const rows = page.matchAll(/^\| \[`(NIO_\w+)`\]\(#(\w+)\) \| (.*) \| (yes|no) \|$/gm);
    const table = [...rows].map(([, code = "", anchor, what, again]) => ({ code, anchor, what, again }));
    const registration = REGISTRATION_REFUSALS.map((code) => ({
      code,
      anchor: code.toLowerCase(),
      what: isFatal(connectionRefused(code)) ? expect.any(String) : "a registration",
      again: isFatal(registrationRefused(code)) ? "no" : "yes",
    }));
    const event = EVENT_REFUSALS.map((code) => ({
      code,
      anchor: code.toLowerCase(),
      what: "an event",
      again: "no",
    }));
    expect(table).toEqual([...registration, ...event]);
  });
});
