import { type Framing, rawFraming, sockJsFraming } from "../../../core/codec/index.ts";
import { registerPatiently } from "../connection/register-patiently.ts";
import type { Wire } from "../connection/wire.ts";
import type { CheckContext } from "../context.ts";
import { eventMessage } from "../descriptions.ts";
import { explain, type Finding, note, ok, problem, skipped } from "../finding.ts";
import { needsAcknowledgement, type Probe } from "../probe.ts";

/** Characters of a frame: what clients send at most. */
const LARGEST = 1_000_000;
/** What everything takes. */
const SMALLEST = 1_000;

/** How large a message may be. It costs the MSB some megabytes, so it is tried only when asked for. */
export const sizes: Probe = {
  title: "Sizes",
  missing: needsAcknowledgement,
  answers: 100,
  async *run(context) {
    for (const framing of context.facts.framings) {
      yield await bisect(context, framing);
    }
  },
};

async function bisect(context: CheckContext, framing: Framing): Promise<Finding> {
  const name = framing === sockJsFraming ? "SockJS frame" : "raw frame";
  const publisher = new SizedPublisher(context, framing);
  let taken = 0;
  let refused = LARGEST;
  try {
    if ((await publisher.refusal(LARGEST)) === undefined) {
      return ok(name, `${count(LARGEST)} characters are taken; larger ones were not tried`);
    }
    const tooSmall = await publisher.refusal(SMALLEST);
    if (tooSmall !== undefined) {
      return skipped(name, `${count(SMALLEST)} characters already fail: ${tooSmall}`);
    }
    taken = SMALLEST;
    while (refused - taken > 1) {
      const middle = Math.floor((taken + refused) / 2);
      if ((await publisher.refusal(middle)) === undefined) {
        taken = middle;
      } else {
        refused = middle;
      }
    }
    const reason = await publisher.refusal(refused);
    const unit = (await publisher.refusal(taken, "ü")) === undefined ? "characters" : "bytes";
    return note(name, `${count(taken)} ${unit} are taken; ${count(refused)}: ${reason}`, {
      remedy: `Set the client option maxMessageSize: ${taken}: larger messages are then refused at once, with TOO_LARGE. The limit applies to self-descriptions, too.`,
    });
  } catch (error) {
    const { text, remedy } = explain(error);
    const bounds = `${count(taken)} characters are taken, ${count(refused)} are not; then: `;
    return problem(name, `${taken === 0 ? "" : bounds}${text}`, { remedy });
  } finally {
    await publisher.close();
  }
}

/** Publishes events of an exact size, and connects again when the MSB has closed the connection. */
class SizedPublisher {
  readonly #context: CheckContext;
  readonly #framing: Framing;
  #wire: Wire | undefined;

  constructor(context: CheckContext, framing: Framing) {
    this.#context = context;
    this.#framing = framing;
  }

  /** What came in the place of IO_PUBLISHED for a frame of so many characters. */
  async refusal(size: number, filling = "x"): Promise<string | undefined> {
    const { uuid } = this.#context.publisher;
    const wire = await this.#registered();
    const missing = size - this.#frame(eventMessage(uuid, { dataObject: "" })).length;
    wire.sendFrame(this.#frame(eventMessage(uuid, { dataObject: filling.repeat(missing) })));
    const answer = await wire.next();
    if (answer === "IO_PUBLISHED") {
      return undefined;
    }
    const reason = answer ?? wire.describeSilence();
    await this.close();
    return reason;
  }

  async close(): Promise<void> {
    await this.#wire?.close();
    this.#wire = undefined;
  }

  async #registered(): Promise<Wire> {
    if (this.#wire === undefined || this.#wire.closed !== undefined) {
      const { wire, answer } = await registerPatiently(this.#context, { framing: this.#framing });
      if (answer !== "IO_REGISTERED") {
        throw new Error(`The service could not register again after its connection had ended: ${answer}.`);
      }
      this.#wire = wire;
    }
    return this.#wire;
  }

  #frame(message: string): string {
    return this.#framing === rawFraming ? message : JSON.stringify([message]);
  }
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
