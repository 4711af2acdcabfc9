import { endWithItsReader } from "../../support/command-line.ts";
import { checkCommand } from "./index.ts";

/** Milliseconds that the last lines have to be read. */
const EXIT_GRACE = 500;

/** Runs the command in this process. */
export async function runCheck(args: readonly string[]): Promise<void> {
  endWithItsReader();
  const { stdout, stderr, env } = process;
  process.exitCode = await checkCommand(args, {
    write: (text) => stdout.write(text),
    writeError: (text) => stderr.write(text),
    progress: stderr.isTTY === true ? (text) => stderr.write(text) : undefined,
    // 0 in a terminal that does not know its size.
    width: stdout.columns || undefined,
    colours: stdout.isTTY === true && env["NO_COLOR"] === undefined,
    onInterrupt(listener) {
      process.once("SIGINT", listener);
      return () => process.off("SIGINT", listener);
    },
  });
  // The process has to end, whatever a probe that was given up still waits for.
  setTimeout(() => process.exit(), EXIT_GRACE).unref();
}
