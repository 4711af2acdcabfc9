import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./compile-examples.ts";

/** The code in a document under each `<!-- test: NAME -->`, by its name. */
export async function documentSamples(document: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(ROOT, document), "utf8");
  const samples = text.matchAll(/<!-- test: (\S+) -->\n```\w+\n(.*?)```/gs);
  return new Map([...samples].map(([, name = "", code = ""]) => [name, code]));
}

/** One of them. */
export async function documentSample(document: string, name: string): Promise<string> {
  const sample = (await documentSamples(document)).get(name);
  if (sample === undefined) {
    throw new Error(`${document} has no sample ${name}.`);
  }
  return sample;
}
