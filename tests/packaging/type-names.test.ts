import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { readTypeNames } from "../support/types/type-names.ts";

test("every type that a declaration of an entry mentions can be imported from an entry", {
  timeout: 120_000,
}, () => {
  const folder = join(inject("consumer"), "node_modules/msb-client-websocket/dist");
  const { exported, hidden } = readTypeNames(folder, ["index", "level-store", "broker", "testing"]);
  expect(exported.length).toBeGreaterThan(150);
  expect(exported).toEqual(expect.arrayContaining(["MsbClient", "MsbErrorOptions", "Broker", "FakeClock"]));
  expect(hidden).toEqual([]);
});

test("a type that is mentioned and not exported would be noticed, wherever it is mentioned", async () => {
  const folder = await mkdtemp(join(tmpdir(), "msb-types-"));
  await writeFile(
    join(folder, "index.d.ts"),
    `import { Base, Deep } from "./part.js";
     interface Options { deep: Deep }
     type Alias<T> = T | string;
     declare const TABLE: { a: number };
     type Computed<T> = { [Name in keyof T]: T[Name] };
     declare class Client extends Base { constructor(options: Options); get(): Promise<Alias<1>>; }
     interface Table extends Computed<typeof TABLE> {}
     export { Client, type Table };`,
  );
  await writeFile(
    join(folder, "part.d.ts"),
    "declare class Base {} interface Deep {} interface Unused {} export { Base, type Deep, type Unused };",
  );
  const { exported, hidden } = readTypeNames(folder, ["index"]);
  await rm(folder, { recursive: true });
  expect(exported).toEqual(["Client", "Table"]);
  expect(hidden).toEqual([
    "Alias, mentioned by Client",
    "Base, mentioned by Client",
    "Deep, mentioned by Options",
    "Options, mentioned by Client",
  ]);
});
