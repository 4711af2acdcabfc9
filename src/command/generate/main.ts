import { endWithItsReader } from "../../support/command-line.ts";
import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import { type GenerateCommand, readCommandLine } from "./command/arguments.ts";
import { loadSelfDescription } from "./command/load.ts";
import { USAGE } from "./command/usage.ts";
import { generateContract } from "./generate-contract.ts";
import { generateProgram } from "./generate-program.ts";

/** How the command ends when it was given something that is wrong, and when something failed. */
const WRONG = 2;
const FAILED = 1;

/** What the command uses of its process. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream;
  write(text: string): void;
  writeError(text: string): void;
}

/** Runs the command in this process. */
export async function runGenerate(args: readonly string[]): Promise<void> {
  endWithItsReader();
  const { stdin, stdout, stderr } = process;
  process.exitCode = await generateCommand(args, {
    stdin,
    write: (text) => stdout.write(text),
    writeError: (text) => stderr.write(text),
  });
}

/** The command `msb-client-websocket generate`. @returns its exit code */
export async function generateCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const fail = (reason: string, exitCode: number): number => {
    io.writeError(`msb-client-websocket: ${reason}\n`);
    return exitCode;
  };
  const command = readCommandLine(args);
  switch (command.kind) {
    case "help":
      io.write(`${USAGE}\n`);
      return 0;
    case "wrong":
      return fail(`${command.reason} (see msb-client-websocket generate --help)`, WRONG);
    case "generate":
      try {
        await generate(command, io);
        return 0;
      } catch (error) {
        return fail(describeError(error), error instanceof MsbDefinitionError ? WRONG : FAILED);
      }
  }
}

async function generate(
  { source, output, name, importFrom }: GenerateCommand,
  { stdin, write, writeError }: CommandIo,
): Promise<void> {
  const selfDescription = await loadSelfDescription(source, stdin);
  const { source: text, notes } =
    output === "contract"
      ? generateContract(selfDescription, { name })
      : generateProgram(selfDescription, { end: output, name, importFrom });
  for (const note of notes) {
    writeError(`msb-client-websocket: ${note}\n`);
  }
  write(text);
}
