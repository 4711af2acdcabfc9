import { MsbError, reasonOf } from "../support/errors.ts";

interface Failure {
  readonly pattern: RegExp;
  readonly remedy: (path: string) => string;
}

const SAVE_AND_REPAIR = "Copy the folder, then repair it with the npm package level:";

/** What LevelDB and the operating system say, by their codes and texts, and what to do about it. */
const FAILURES: readonly Failure[] = [
  {
    pattern: /\b(EACCES|EPERM|EROFS)\b|Permission denied|Read-only file system|Operation not permitted/,
    remedy: () => "Give the process the right to write to this folder, or name another one.",
  },
  {
    pattern: /\b(ENOSPC|EDQUOT|EFBIG|QuotaExceededError)\b|No space left|quota|File too large/i,
    remedy: () => "Make room on the disk, or name a folder on another one.",
  },
  {
    pattern: /\b(EEXIST|ENOTDIR)\b|Not a directory|Is a directory/,
    remedy: () => "A file is in the way: name a folder, or one that is not there yet.",
  },
  {
    pattern: /LEVEL_CORRUPTION|Corruption|IO error: .*No such file/,
    remedy: (path) => `${SAVE_AND_REPAIR} ${repairCommand(path)}`,
  },
];

/** A failure of LevelDB, with what to do about it. */
export function storeFailure(
  what: "opened" | "read" | "written" | "closed",
  location: string,
  path: string,
  error: unknown,
): MsbError {
  const cause = (error instanceof Error ? error.cause : undefined) ?? error;
  const { code, name } = cause as { code?: unknown; name?: unknown };
  if (code === "LEVEL_LOCKED") {
    return inUse(location, error);
  }
  const reason = reasonOf(cause);
  const text = [code, name, reason].join(" ");
  const remedy = FAILURES.find(({ pattern }) => pattern.test(text))?.remedy(path);
  const message = `The store ${JSON.stringify(location)} cannot be ${what}: ${reason}.`;
  return new MsbError("STORE_FAILED", message, { cause: error, ...(remedy !== undefined && { remedy }) });
}

export function inUse(location: string, cause?: unknown): MsbError {
  return new MsbError("STORE_FAILED", `The store ${JSON.stringify(location)} is open in another client.`, {
    cause,
    remedy: "Give each client a store of its own, or disconnect() the other one first.",
  });
}

/** LevelDB would take the folder for a new one, and delete the events in it. */
export function currentIsMissing(location: string, path: string): MsbError {
  return storeFailure("opened", location, path, new Error("Corruption: its file CURRENT is missing"));
}

/** A line for the shell. */
function repairCommand(path: string): string {
  const quoted = JSON.stringify(path).slice(1, -1).replaceAll("'", "\\'");
  return `node -e "require('level').Level.repair('${quoted}')"`;
}
