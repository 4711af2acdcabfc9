import { readFile, writeFile } from "node:fs/promises";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["plugins"]>[number];

/** Maps refer to the sources in the package, and carry only those that are not in it: of other packages. */
export function sourcesBeside(): Plugin {
  return {
    name: "sources beside",
    async buildEnd({ writtenFiles }) {
      for (const { name } of writtenFiles.filter(({ name }) => name.endsWith(".map"))) {
        const map = JSON.parse(await readFile(name, "utf8"));
        const contents = map.sources.map((source: string, index: number) =>
          source.startsWith("../src/") ? null : map.sourcesContent[index],
        );
        await writeFile(name, JSON.stringify({ ...map, sourcesContent: contents }));
      }
    },
  };
}
