import type { ChildProcess } from "node:child_process";
import type { Browser } from "playwright-core";
import { nextReport, startProgram } from "../pair.ts";
import type { Checkout } from "./checkout.ts";
import { ConsolePage } from "./console-page.ts";
import type { Clicked, Watched } from "./result.ts";
import { VIEWS, type View } from "./views.ts";

/** Each event is answered, and every other one is a call: so many messages, in and out, are one event on average. */
const MESSAGES_OF_EVENT = 2.5;
/** Seconds until a view that was opened under load looks as it stays. */
const SETTLING = 3;

export interface Load {
  readonly services: number;
  /** Messages a second, in and out. */
  readonly messages: number;
}

/** The console of one checkout: a broker, its services, and a page, each in a process of its own. */
export class Side {
  readonly name: string;
  readonly #url: string;
  readonly #programs: readonly ChildProcess[];
  readonly #services: ChildProcess;
  readonly #page: ConsolePage;

  private constructor(name: string, url: string, programs: readonly ChildProcess[], page: ConsolePage) {
    this.name = name;
    this.#url = url;
    this.#programs = programs;
    this.#services = programs[1] as ChildProcess;
    this.#page = page;
  }

  static async start({ name, folder }: Checkout, { services }: Load, browser: Browser): Promise<Side> {
    const broker = startProgram("console/broker.mjs", [folder, String(services)]);
    const { url = "" } = await nextReport(broker);
    const load = startProgram("console/load.mjs", [url, String(services)]);
    await nextReport(load);
    return new Side(name, url, [broker, load], await ConsolePage.open(browser, url));
  }

  /** Until the trace holds as much as it ever does. */
  async warmUp(load: Load, seconds: number): Promise<void> {
    await this.#page.show(VIEWS[0] as View);
    await this.#under(load, () => wait(seconds));
  }

  watch(view: View, load: Load, seconds: number, settling = SETTLING): Promise<Watched> {
    return this.#under(load, async () => {
      await this.#page.show(view);
      await wait(settling);
      const [before, started] = [await this.#messages(), performance.now()];
      const figures = await this.#page.watch(seconds);
      const passed = (performance.now() - started) / 1_000;
      const messages = ((await this.#messages()) - before) / passed;
      return { view: view.title, side: this.name, messages, ...figures };
    });
  }

  click(load: Load, count: number): Promise<Clicked> {
    return this.#under(load, async () => {
      await this.#page.show(VIEWS[0] as View);
      await wait(SETTLING);
      return { side: this.name, delays: await this.#page.click(count) };
    });
  }

  stop(): void {
    for (const program of this.#programs) {
      program.kill();
    }
  }

  /** @throws if a service could not publish: then it was another load. */
  async #under<Result>({ messages }: Load, work: () => Promise<Result>): Promise<Result> {
    this.#services.send({ rate: messages / MESSAGES_OF_EVENT });
    const result = await work();
    this.#services.send({});
    const { result: told } = await nextReport(this.#services);
    const { failed } = told as { failed: number };
    if (failed > 0) {
      throw new Error(`${failed} events of ${this.name} were refused.`);
    }
    return result;
  }

  async #messages(): Promise<number> {
    const response = await fetch(`${this.#url}/broker/state`);
    const { counters } = (await response.json()) as {
      counters: { messagesIn: number; messagesOut: number };
    };
    return counters.messagesIn + counters.messagesOut;
  }
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}
