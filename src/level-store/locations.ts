/** The parts of Node that know about files. Asked for by name at run time, so that the same bundle loads in a browser. */
interface NodeProcess {
  cwd(): string;
  getBuiltinModule?(name: "node:fs"): {
    realpathSync: { native(path: string): string };
    readdirSync(path: string): string[];
    readlinkSync(path: string): string;
    readFileSync(path: string, encoding: "utf8"): string;
  };
  getBuiltinModule?(name: "node:path"): {
    resolve(...parts: string[]): string;
    dirname(path: string): string;
    basename(path: string): string;
    join(...parts: string[]): string;
  };
}

/** The same string for the same store, however it is spelled: its real path in Node, its name in browsers. */
export function realLocation(location: string): string {
  const { process } = globalThis as { process?: NodeProcess };
  if (process?.getBuiltinModule === undefined) {
    return location;
  }
  const path = process.getBuiltinModule("node:path");
  const { realpathSync } = process.getBuiltinModule("node:fs");
  let existing = path.resolve(process.cwd(), location);
  let rest = "";
  for (;;) {
    try {
      return path.join(realpathSync.native(existing), rest);
    } catch {
      // It is not there yet, or cannot be looked into.
      const parent = path.dirname(existing);
      if (parent === existing) {
        return path.resolve(process.cwd(), location);
      }
      rest = path.join(path.basename(existing), rest);
      existing = parent;
    }
  }
}

/** The names of the files in a folder; none if there is no such folder, and in browsers. */
export function listFiles(folder: string): readonly string[] {
  return attempt((process) => process.getBuiltinModule?.("node:fs").readdirSync(folder)) ?? [];
}

/**
 * Whether this process holds the lock of a file, in another thread or by other code than this. Known on Linux only.
 * Opening the file to look would lose that lock.
 */
export function holdsLock(file: string): boolean {
  return listFiles("/proc/self/fd").some((descriptor) => {
    const found = attempt((process) => {
      const fs = process.getBuiltinModule?.("node:fs");
      if (fs?.readlinkSync(`/proc/self/fd/${descriptor}`) !== file) {
        return false;
      }
      // A process that was started meanwhile has inherited the open file, but not the lock.
      return fs.readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8").includes("\nlock:");
    });
    return found ?? false;
  });
}

function attempt<T>(task: (process: NodeProcess) => T): T | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  try {
    return process === undefined ? undefined : task(process);
  } catch {
    return undefined;
  }
}
