import { mkdir, readFile, writeFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { documentSamples } from "../docs/document-sample.ts";
import { ROOT } from "./package.ts";
import { Program, runOk } from "./program.ts";

const DOCUMENT = "docs/tutorial.md";

export interface TutorialOptions {
  /** Where the folder of the tutorial is made. */
  readonly parent: string;
  /** What `npm install` gets for each package that the tutorial installs; the others are not installed. */
  readonly packages: Readonly<Record<string, string>>;
  /** What stands in the document, and what is there in the test: ports and addresses. */
  readonly replaced: Readonly<Record<string, string>>;
}

/** Does what docs/tutorial.md says. Its blocks are known by their names: `<!-- test: NAME -->`. */
export class Tutorial {
  readonly names: readonly string[];
  readonly #samples: ReadonlyMap<string, string>;
  readonly #options: TutorialOptions;
  #folder: string;

  private constructor(samples: ReadonlyMap<string, string>, options: TutorialOptions) {
    this.names = [...samples.keys()];
    this.#samples = samples;
    this.#options = options;
    this.#folder = options.parent;
  }

  static async open(options: TutorialOptions): Promise<Tutorial> {
    return new Tutorial(await documentSamples(DOCUMENT), options);
  }

  /** The folder that the reader is in. */
  get folder(): string {
    return this.#folder;
  }

  /** A block, with what the test replaces. */
  sample(name: string): string {
    const sample = this.#samples.get(name);
    if (sample === undefined) {
      throw new Error(`${DOCUMENT} has no block ${name}.`);
    }
    return Object.entries(this.#options.replaced).reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      sample,
    );
  }

  /** Runs a block of commands for the shell, each to its end. */
  async run(name: string): Promise<void> {
    for (const [command = "", ...args] of this.#commands(name)) {
      if (command === "mkdir") {
        await mkdir(join(this.#folder, ...args));
      } else if (command === "cd") {
        this.#folder = join(this.#folder, ...args);
      } else if (command === "npm" && args[0] === "install") {
        await this.#install(args);
      } else {
        await runOk(command, args, { cwd: this.#folder });
      }
    }
  }

  /** Starts the last command of a block, which goes on. */
  start(name: string, ...more: readonly string[]): Program {
    const [command = "", ...args] = this.#commands(name).at(-1) ?? [];
    if (command === "node") {
      return new Program(process.execPath, [...args, ...more], { cwd: this.#folder });
    }
    const [program = "", ...options] = args;
    return new Program(join(this.#folder, "node_modules/.bin", program), [...options, ...more], {
      cwd: this.#folder,
    });
  }

  /** Saves a block as the file that its first line names, unless it is named here. */
  async save(name: string, file = this.sample(name).match(/^\/\/ (\S+)/)?.[1] ?? ""): Promise<void> {
    await writeFile(join(this.#folder, file), this.sample(name));
  }

  async append(name: string, file: string): Promise<void> {
    await this.#change(file, (text) => `${text}\n${this.sample(name)}`);
  }

  /** Puts a block in the place of the line in which something stands. */
  async replaceLine(name: string, file: string, what: string): Promise<void> {
    await this.#change(file, (text) =>
      text.replace(new RegExp(`^.*${what}.*\n`, "m"), () => this.sample(name)),
    );
  }

  /** What a block says is written: each of its lines, in this order, whatever the numbers are. */
  written(name: string): RegExp {
    const lines = this.sample(name).trimEnd().split("\n");
    const patterns = lines.map((line) =>
      line.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll(/\d+/g, "\\d+"),
    );
    return new RegExp(patterns.join("(?:\n|\n(?:.*\n)*?)"));
  }

  async #install(args: readonly string[]): Promise<void> {
    const packages = args.slice(1).flatMap((name) => this.#options.packages[name] ?? []);
    if (packages.length > 0) {
      const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
      await runOk("npm", ["install", ...quiet, ...packages], { cwd: this.#folder });
    }
  }

  async #change(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.#folder, file);
    const before = await readFile(path, "utf8");
    const after = change(before);
    if (after === before) {
      throw new Error(`${DOCUMENT}: ${file} has no such line.`);
    }
    await writeFile(path, after);
  }

  #commands(name: string): string[][] {
    return this.sample(name)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" "));
  }
}

/** The fences of code in the tutorial, marked or not. */
export async function countBlocks(): Promise<number> {
  const text = await readFile(join(ROOT, DOCUMENT), "utf8");
  return [...text.matchAll(/^ *```/gm)].length / 2;
}

/** The address at which others in the network find this computer; if it is in none, that of the computer for itself. */
export function networkAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
