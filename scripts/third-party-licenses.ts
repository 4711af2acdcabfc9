import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const PACKAGE = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/;

/** Writes the licenses of all packages that are inside the bundles into a file beside them, as those licenses ask. */
export function thirdPartyLicenses(file: string): Plugin {
  const licenses = new Map<string, string>();
  return {
    name: "third-party licenses",
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(async ({ metafile }) => {
        const outputs = Object.values(metafile?.outputs ?? {});
        for (const [path, { bytesInOutput }] of outputs.flatMap(({ inputs }) => Object.entries(inputs))) {
          const [folder, name] = PACKAGE.exec(path) ?? [];
          if (folder === undefined || name === undefined || bytesInOutput === 0) {
            continue;
          }
          licenses.set(name, await readLicense(folder));
        }
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, format(licenses));
      });
    },
  };
}

async function readLicense(folder: string): Promise<string> {
  const name = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  if (name === undefined) {
    throw new Error(`${folder} is bundled, and has no license.`);
  }
  return readFile(join(folder, name), "utf8");
}

function format(licenses: ReadonlyMap<string, string>): string {
  const sorted = [...licenses].sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = sorted.map(([name, text]) => `${"=".repeat(80)}\n${name}\n\n${text.trim()}\n`);
  return `The bundles in this folder contain these packages.\n\n${sections.join("\n")}`;
}
