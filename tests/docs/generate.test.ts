import { expect, test } from "vitest";
import { generateContract } from "../../src/command/generate/generate-contract.ts";
import { generateProgram } from "../../src/command/generate/generate-program.ts";
import { documentSample } from "../support/docs/document-sample.ts";

const sample = (name: string): Promise<string> => documentSample("docs/guides/generate.md", name);

test("docs/guides/generate.md shows what is written", async () => {
  const description = JSON.parse(await sample("self-description"));
  expect(await sample("contract")).toBe(generateContract(description).source);
  const importFrom = "./press.contract.ts";
  expect(await sample("counterpart")).toBe(
    generateProgram(description, { end: "counterpart", importFrom }).source,
  );
});
