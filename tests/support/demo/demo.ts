import type { PlantCommand, PlantState, Session } from "../../../demo/plant-state.ts";
import { ROOT } from "../package/package.ts";
import { Program } from "../package/program.ts";

/** The demo, as a program on free ports. */
export class Demo implements AsyncDisposable {
  readonly program: Program;
  /** Of the page. */
  readonly url: string;
  readonly #streamEnd = new AbortController();
  #state: PlantState | undefined;
  /** Told of every state, also of those that come at once with a later one. */
  readonly #onState = new Set<(state: PlantState) => void>();

  private constructor(program: Program, url: string) {
    this.program = program;
    this.url = url;
  }

  static async start(
    args: readonly string[] = [],
    more: Readonly<Record<string, string>> = {},
    file = "demo/start.ts",
  ): Promise<Demo> {
    const env = { MSB_PORT: "0", PAGE_PORT: "0", ...more };
    const program = new Program(process.execPath, ["--import", "tsx", file, ...args], { cwd: ROOT, env });
    const [, url = ""] = await program.written(/Open the dashboard: +(http:\S+)\n/);
    const demo = new Demo(program, url);
    void demo.#watch();
    return demo;
  }

  session(): Promise<Session> {
    return fetch(`${this.url}session`).then((response) => response.json() as Promise<Session>);
  }

  /** Waits until the plant is as wanted. */
  until(what: string, isWanted: (state: PlantState) => boolean, timeout = 60_000): Promise<PlantState> {
    if (this.#state !== undefined && isWanted(this.#state)) {
      return Promise.resolve(this.#state);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#onState.delete(look);
        reject(new Error(`Never ${what}: ${JSON.stringify(this.#state)}\n${this.program.output}`));
      }, timeout);
      const look = (state: PlantState) => {
        if (isWanted(state)) {
          clearTimeout(timer);
          this.#onState.delete(look);
          resolve(state);
        }
      };
      this.#onState.add(look);
    });
  }

  /** Everything that was published has arrived, or is lost. */
  untilAllDelivered(atLeast: number): Promise<PlantState> {
    return this.until(
      `all of ${atLeast} delivered`,
      ({ delivery: { published, delivered, lost, waiting } }) =>
        waiting === 0 && published >= atLeast && delivered + lost >= published,
    );
  }

  async do(command: PlantCommand): Promise<void> {
    const response = await fetch(`${this.url}plant/${command}`, { method: "POST" });
    if (response.status !== 204) {
      throw new Error(`${command}: ${response.status} ${await response.text()}`);
    }
  }

  putLimit(body: string): Promise<Response> {
    return fetch(`${this.url}plant/temperature-limit`, { method: "PUT", body });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#streamEnd.abort();
    await this.program[Symbol.asyncDispose]();
  }

  /** Follows the server-sent events. */
  async #watch(): Promise<void> {
    try {
      const { body } = await fetch(`${this.url}plant`, { signal: this.#streamEnd.signal });
      let text = "";
      for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const events = (text + part).split("\n\n");
        text = events.pop() ?? "";
        for (const [, data = ""] of events.map((event) => /^data: (.*)$/m.exec(event) ?? [])) {
          const state = JSON.parse(data) as PlantState;
          this.#state = state;
          for (const look of this.#onState) {
            look(state);
          }
        }
      }
    } catch {
      // It ends with the demo, or with the test.
    }
  }
}
