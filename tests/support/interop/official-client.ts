import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * What a program defines besides the service of `service.ts`:
 * - Python, `incomplete-function`: `INCOMPLETE`, whose data format the client describes only in part;
 * - Python, `sample-function`: `SAMPLE`, which reads the correlation id of its call and fails without one, as the function of
 *   the client's sample does; it answers with `TEXT`;
 * - Python, `sample-service`: the events and functions of the service of the client's sample that `service.ts` has nothing like;
 * - Java, `exact-numbers`: events `LONG` and `DOUBLE`, and functions `ECHO_LONG` and `ECHO_DOUBLE` that report what they were
 *   given and answer with `LONG_BACK` and `DOUBLE_BACK`.
 */
export type Special = "incomplete-function" | "sample-function" | "sample-service" | "exact-numbers";

/** What the programs in `clients` are told, one JSON object in a line. */
export type Command =
  /** Defines the service of `service.ts`, and connects. */
  | {
      readonly do: "connect";
      readonly uuid: string;
      readonly url: string;
      readonly framing: "sockjs" | "raw";
      readonly special?: Special;
    }
  | { readonly do: "register" }
  | {
      readonly do: "publish";
      readonly event: string;
      /** Left out for an event without payload. */
      readonly value?: unknown;
      readonly priority?: 0 | 1 | 2;
      readonly cached?: true;
      readonly correlationId?: string;
    }
  /** Java, with `exact-numbers`: publishes what the text says, as a `Long` or a `Double`. */
  | {
      readonly do: "publishNumber";
      readonly event: "LONG" | "DOUBLE";
      readonly text: string;
      readonly correlationId: string;
    }
  /** Asks for a `config` report. */
  | { readonly do: "config"; readonly name: string }
  | { readonly do: "disconnect" };

/** What the programs report, one JSON object in a line. */
export interface Reports {
  /** What the client says about its connection, whenever that changes. */
  state: { readonly connected: boolean; readonly registered: boolean };
  /** A function was called. */
  called: { readonly function: string; readonly value?: unknown; readonly correlationId?: string | null };
  config: { readonly name: string; readonly value: unknown };
  /** What a function for exact numbers was given, as the language writes it. */
  number: { readonly text: string };
}

type Report = { [Kind in keyof Reports]: { readonly report: Kind } & Reports[Kind] }[keyof Reports];

/** For what hangs: a reconnect interval of Java is 10 s, and its start takes as long where bundlers run beside it. */
export const PATIENCE = 60_000;
/** Lines of a program's other output that are shown after a failure. */
const SHOWN_LINES = 40;

/** An official client, in a process of its own. */
export class OfficialClient implements AsyncDisposable {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown>;
  readonly #reports: Report[] = [];
  readonly #output: string[] = [];
  #wake = (): void => {};
  #end: string | undefined;

  constructor([command, ...args]: readonly [string, ...string[]]) {
    this.#process = spawn(command, args);
    this.#ended = once(this.#process, "close").then(([code, signal]) => {
      this.#end = `It ended with ${code ?? signal}.`;
      this.#wake();
      return code ?? signal;
    });
    // A command that comes after its end fails where its answer is waited for.
    this.#process.stdin.on("error", () => {});
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#read(line));
    createInterface({ input: this.#process.stderr }).on("line", (line) => this.#output.push(line));
  }

  tell(command: Command): void {
    this.#process.stdin.write(`${JSON.stringify(command)}\n`);
  }

  /** Takes the next report of this kind that fits; those before it that do not fit are dropped. */
  async next<Kind extends keyof Reports>(
    kind: Kind,
    fits: (report: Reports[Kind]) => boolean = () => true,
  ): Promise<Reports[Kind]> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const at = this.#reports.findIndex(
        (report) => report.report === kind && fits(report as unknown as Reports[Kind]),
      );
      const found = this.#reports[at];
      if (found !== undefined) {
        const rest = this.#reports.slice(at + 1);
        const before = this.#reports.slice(0, at).filter(({ report }) => report !== kind);
        this.#reports.splice(0, this.#reports.length, ...before, ...rest);
        const { report: _, ...fields } = found;
        return fields as unknown as Reports[Kind];
      }
      if (this.#end !== undefined) {
        throw new Error(`No report "${kind}". ${this.#end}`);
      }
      if (Date.now() > deadline) {
        throw new Error(`No report "${kind}" in ${PATIENCE} ms.`);
      }
      await this.#change(deadline - Date.now());
    }
  }

  /** Ends it, by the end of its input. @returns its exit code. */
  async end(): Promise<unknown> {
    this.#process.stdin.end();
    return await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Not asked to end: whatever it does by then, nothing of it may stay.
    if (this.#end === undefined) {
      this.#process.kill("SIGKILL");
    }
    await this.#ended;
  }

  /** What it has written, for a test that failed. */
  get diagnostics(): string {
    const unread = this.#reports.map((report) => JSON.stringify(report));
    const output = this.#output.slice(-SHOWN_LINES);
    return ["Reports not taken:", ...unread, "Its other output:", ...output].join("\n  ");
  }

  #read(line: string): void {
    if (line.startsWith('{"report"')) {
      this.#reports.push(JSON.parse(line));
    } else {
      this.#output.push(line);
    }
    this.#wake();
  }

  async #change(timeout: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, timeout + 1);
    });
    clearTimeout(timer);
  }
}
