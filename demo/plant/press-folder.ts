// The folder of the press: whichever way the demo ends, it goes.
import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "msb-demo-press-";
/** With the number of the program that made it. */
const NAME = new RegExp(`^${PREFIX}(\\d+)-\\w{6}$`);
/** Milliseconds: a press that runs writes several times in a second. */
const SILENCE = 60_000;

/**
 * Makes a new one. Where everything was killed at once, nobody was left to remove the last one: that goes here.
 * @param parent where all of them are
 */
export async function makePressFolder(parent = tmpdir()): Promise<string> {
  await removeAbandoned(parent);
  return mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
}

async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const pid = NAME.exec(name)?.[1];
      if (pid === undefined || runs(Number(pid))) {
        return;
      }
      const path = join(parent, name);
      try {
        if (await isAbandoned(path)) {
          await rm(path, { recursive: true, force: true });
        }
      } catch {
        // Another demo that starts removes it as well, or it is not ours to remove: then it disturbs nobody here.
      }
    }),
  );
}

/** Looks at a link itself, never behind it. In a container, numbers of programs outside mean nothing; that a press writes does. */
async function isAbandoned(path: string): Promise<boolean> {
  const found = await lstat(path);
  const isOurs = process.getuid === undefined || process.getuid() === found.uid;
  return found.isDirectory() && isOurs && Date.now() - found.mtimeMs > SILENCE;
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
