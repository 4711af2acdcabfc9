import type { RuntimeCase, RuntimeContext } from "../case.ts";
import { type Command, serverProgram } from "../server-program.ts";
import { checkTlsErrors } from "../tls-errors.ts";

interface ServerRuntime {
  readonly name: string;
  readonly version: RuntimeCase["version"];
  command(context: RuntimeContext): Command;
  /** What its TLS does not tell apart, and what the error says then. */
  readonly tlsErrors?: Readonly<Record<string, RegExp>>;
}

/** A runtime in which the server-side programs run. */
export function serverCase({ name, version, command, tlsErrors }: ServerRuntime): RuntimeCase {
  return {
    name,
    group: "server",
    version,
    run: async (context) => [
      ...(await serverProgram(context, name, command(context))),
      await checkTlsErrors(context, command(context), tlsErrors),
    ],
  };
}
