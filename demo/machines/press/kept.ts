// What the press keeps on its disk besides the events of its store: its last measurement, and its parameter.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A value in a file. */
export class Kept<Value> {
  readonly #file: string;

  constructor(folder: string, name: string) {
    this.#file = join(folder, `${name}.json`);
  }

  /** `undefined` if none was ever kept. */
  read(): Value | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
  }

  /** When this returns, the value survives the end of the process. Whenever that comes, the file has this value or the one before. */
  write(value: Value): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(value));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
