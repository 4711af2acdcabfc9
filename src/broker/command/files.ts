import { accessSync, constants, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { quote } from "../../support/clip.ts";
import type { BrokerTlsOptions } from "../index.ts";
import type { StartCommand } from "./options.ts";

/** The first file of the command line that cannot be used, in one line, and what would be right. */
export function findFileMistake({ tls, flows, record, replay }: StartCommand): string | undefined {
  return (
    cannotRead("--cert", tls?.cert, "a certificate in PEM") ??
    cannotRead("--key", tls?.key, "a private key in PEM") ??
    cannotRead("--flows", flows, "a JSON file with flows") ??
    cannotRead("--replay", replay, "a file that --record has written") ??
    cannotWrite("--record", record) ??
    wouldOverwrite(record, { "--replay": replay, "--flows": flows, "--cert": tls?.cert, "--key": tls?.key })
  );
}

export function readTls({ tls }: StartCommand): BrokerTlsOptions | undefined {
  return tls && { cert: readFileSync(tls.cert), key: readFileSync(tls.key), port: tls.ports };
}

function cannotRead(option: string, file: string | undefined, wanted: string): string | undefined {
  if (file === undefined) {
    return undefined;
  }
  const problem = tryTo(() => {
    accessSync(file, constants.R_OK);
    return statSync(file).isDirectory() ? "that is a directory" : undefined;
  });
  return problem && `${option} ${quote(file)}: ${problem}. Give the path of ${wanted}.`;
}

function cannotWrite(option: string, file: string | undefined): string | undefined {
  if (file === undefined) {
    return undefined;
  }
  const folder = dirname(resolve(file));
  const problem = tryTo(() => {
    accessSync(folder, constants.W_OK);
    return statSync(file, { throwIfNoEntry: false })?.isDirectory() ? "that is a directory" : undefined;
  });
  return (
    problem &&
    `${option} ${quote(file)}: ${problem} (${quote(folder)}). Give the path of a file in a directory that exists and can be written to.`
  );
}

/** A recording begins with an empty file. */
function wouldOverwrite(
  record: string | undefined,
  others: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (record === undefined || statSync(record, { throwIfNoEntry: false }) === undefined) {
    return undefined;
  }
  const target = realpathSync(record);
  const [option] =
    Object.entries(others).find(([, file]) => file !== undefined && realpathSync(file) === target) ?? [];
  return (
    option && `--record ${quote(record)}: that is the file of ${option}, and would be lost. Give another one.`
  );
}

function tryTo(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case "ENOENT":
      case "ENOTDIR":
        return "there is no such file or directory";
      case "EACCES":
      case "EPERM":
        return "this user may not open it";
      default:
        return String(error);
    }
  }
}
