/** A word after `msb-client-websocket`, and what it does. */
export interface SubCommand {
  readonly name: string;
  /** What follows the name, in short. */
  readonly usage: string;
  readonly summary: string;
  /** Runs it with the arguments after its name. It is loaded only now, and sets the exit code itself. */
  readonly run: (args: readonly string[]) => Promise<void>;
}

export const SUB_COMMANDS: readonly SubCommand[] = [
  {
    name: "broker",
    usage: "[options]",
    summary: "starts a development broker",
    run: async (args) => (await import("../broker/command/main.ts")).runCommand(args),
  },
  {
    name: "check",
    usage: "URL [options]",
    summary: "finds out what an MSB does, and what to do about it",
    run: async (args) => (await import("./check/main.ts")).runCheck(args),
  },
  {
    name: "generate",
    usage: "[FILE] [options]",
    summary: "writes the contract of an existing service, in TypeScript",
    run: async (args) => (await import("./generate/main.ts")).runGenerate(args),
  },
];
