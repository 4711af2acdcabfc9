import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Metafile } from "esbuild";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const PACKAGE = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/;

/** tsup's esbuild: its helpers are in every bundle, and no list of what was read names them. */
const { resolve } = createRequire(createRequire(import.meta.url).resolve("tsup/package.json"));
const BUNDLER = dirname(resolve("esbuild/package.json"));

/**
 * Writes the licenses of all packages that are inside the bundles into a file beside them, as those licenses ask.
 * @param metafiles a folder for what esbuild says about each build, by which tests see that nothing is missing
 */
export function thirdPartyLicenses(file: string, metafiles: string): Plugin {
  const folders = new Set([BUNDLER]);
  return {
    name: "third-party licenses",
    setup(build) {
      build.initialOptions.metafile = true;
      // Nothing here waits: several builds run at a time, and the last one to end writes what all of them hold.
      build.onEnd(({ metafile }) => {
        if (metafile === undefined) {
          return;
        }
        for (const folder of packagesInside(metafile)) {
          folders.add(folder);
        }
        write(file, format([...folders]));
        write(join(metafiles, `${buildName(metafile)}.json`), JSON.stringify(metafile));
      });
    },
  };
}

/** The folders of the packages of which a build holds anything. */
function packagesInside({ outputs }: Metafile): string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => PACKAGE.exec(path)?.[0] ?? []);
}

function buildName({ outputs }: Metafile): string {
  return basename(Object.keys(outputs).find((path) => /js$/.test(path)) ?? "nothing");
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function format(folders: readonly string[]): string {
  const sections = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${"=".repeat(80)}\n${name} ${version} (${license})\n\n${readLicense(folder).trim()}\n`;
  });
  return `The files in this folder contain these packages, or parts of them.\n\n${sections.sort().join("\n")}`;
}

function readLicense(folder: string): string {
  const name = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (name === undefined) {
    throw new Error(`${folder} is bundled, and has no license.`);
  }
  return readFileSync(join(folder, name), "utf8");
}
