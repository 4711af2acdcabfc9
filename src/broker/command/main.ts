import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import { findFileMistake } from "./files.ts";
import { readCommandLine } from "./options.ts";
import { runBroker } from "./run.ts";
import { USAGE } from "./usage.ts";
import { readVersion } from "./version.ts";

/** How the command ends when it was asked for something that cannot be, and when something failed. */
const WRONG = 2;
const FAILED = 1;

/** The command `msb-broker`. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const command = readCommandLine(args);
  switch (command.kind) {
    case "help":
      process.stdout.write(`${USAGE}\n`);
      break;
    case "version":
      process.stdout.write(`${readVersion()}\n`);
      break;
    case "wrong":
      fail(`${command.reason} (see msb-broker --help)`, WRONG);
      break;
    case "start": {
      const mistake = findFileMistake(command);
      if (mistake !== undefined) {
        fail(mistake, WRONG);
        break;
      }
      await runBroker(command, readVersion(), (error) =>
        fail(describeError(error), error instanceof MsbDefinitionError ? WRONG : FAILED),
      );
    }
  }
}

function fail(reason: string, exitCode: number): void {
  process.stderr.write(`msb-broker: ${reason}\n`);
  process.exitCode = exitCode;
}
