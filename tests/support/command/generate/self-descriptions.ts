import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "self-descriptions");

/** What official clients have sent in the interop suite, as it was sent; those made by hand say so. */
export const OF_OTHERS = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  return { client: file.replace(".txt", ""), text, selfDescription: JSON.parse(text) };
});

export function selfDescriptionOf(client: string): (typeof OF_OTHERS)[number] {
  const found = OF_OTHERS.find((each) => each.client === client);
  if (found === undefined) {
    throw new Error(`There is no self-description of ${client}.`);
  }
  return found;
}
