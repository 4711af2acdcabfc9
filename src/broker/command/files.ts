import { accessSync, constants, readFileSync, statSync } from "node:fs";
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
    cannotWrite("--record", record)
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
