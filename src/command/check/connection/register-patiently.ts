import type { CheckContext } from "../context.ts";
import type { Wire, WireOptions } from "./wire.ts";

/** Milliseconds. */
const PAUSE = 250;

export interface PatientRegistration {
  /** Registered if the answer is IO_REGISTERED; otherwise closed. */
  readonly wire: Wire;
  /** The last answer, or what came in its place. */
  readonly answer: string;
  readonly attempts: number;
  readonly milliseconds: number;
}

/** Registers the publisher, which was here before and may not be forgotten yet: several times if need be. */
export async function registerPatiently(
  context: CheckContext,
  options: Partial<WireOptions> = {},
): Promise<PatientRegistration> {
  const start = performance.now();
  for (let attempts = 1; ; attempts += 1) {
    const wire = await context.wire(options);
    const answer = (await context.register(wire, context.publisher)) ?? wire.describeSilence();
    const milliseconds = performance.now() - start;
    if (answer === "IO_REGISTERED" || milliseconds > context.target.answerTime) {
      if (answer !== "IO_REGISTERED") {
        await wire.close();
      }
      return { wire, answer, attempts, milliseconds };
    }
    await wire.close();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
