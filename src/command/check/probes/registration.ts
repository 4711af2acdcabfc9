import { registerPatiently } from "../connection/register-patiently.ts";
import type { Wire } from "../connection/wire.ts";
import type { CheckContext } from "../context.ts";
import { describeEvent, describePublisher, EVENT_ID } from "../descriptions.ts";
import { explain, type Finding, note, ok, problem, skipped } from "../finding.ts";
import { needsConnection, type Probe } from "../probe.ts";
import { formatFindings } from "./registration-formats.ts";

const TOKEN_REMEDY = "This check takes a token that the MSB has made as --token.";

/** What the MSB takes as a self-description. */
export const registration: Probe = {
  title: "Registration",
  missing: needsConnection,
  answers: 16,
  async *run(context) {
    const first = await registerOne(context);
    context.facts.registers = first.status === "ok";
    yield first;
    if (context.facts.registers) {
      yield* repeat(context);
      yield* await formatFindings(context);
    }
  },
};

/** With the client: its errors say what helps. */
async function registerOne(context: CheckContext): Promise<Finding> {
  const name = "registration";
  const { client, transcript } = context.client();
  client.addEvent({ eventId: EVENT_ID, dataFormat: "string" });
  try {
    await client.connect(context.target.url);
    const start = performance.now();
    await client.register();
    const milliseconds = Math.round(performance.now() - start);
    return ok(name, `IO_REGISTERED after ${milliseconds} ms`, { frames: transcript.records });
  } catch (error) {
    const { text, remedy = "" } = explain(error);
    const help = text.includes("NIO_UNAUTHORIZED_CONNECTION") ? `${remedy} ${TOKEN_REMEDY}` : remedy;
    return problem(name, text, { remedy: help.trim() || undefined, frames: transcript.records });
  } finally {
    await client.disconnect();
  }
}

/** Clients send R again after each change of a parameter, and on every new connection. */
async function* repeat(context: CheckContext): AsyncGenerator<Finding, void> {
  const wire = await context.wire();
  try {
    const answer = await context.register(wire, context.publisher);
    if (answer !== "IO_REGISTERED") {
      yield skipped("the same again", `it was not registered: ${answer ?? wire.describeSilence()}`);
      return;
    }
    yield await onTheSame(context, wire);
  } finally {
    await wire.close();
  }
  yield await onANewOne(context);
  yield await withOneMore(context);
}

async function onTheSame(context: CheckContext, wire: Wire): Promise<Finding> {
  const name = "the same again";
  const answer = await context.register(wire, context.publisher);
  const frames = wire.transcript.records;
  return answer === "IO_REGISTERED"
    ? ok(name, answer)
    : problem(name, answer ?? wire.describeSilence(), {
        remedy: "Clients register again when a configuration parameter changes: do without parameters.",
        frames,
      });
}

async function withOneMore(context: CheckContext): Promise<Finding> {
  const name = "with one more event";
  const description = describePublisher(context.identity());
  const wire = await context.wire();
  try {
    await context.register(wire, description);
    const events = [...description.events, describeEvent(2, "ONE_MORE")];
    const answer = await context.register(wire, { ...description, events });
    const frames = wire.transcript.records;
    return answer === "IO_REGISTERED"
      ? ok(name, answer)
      : note(name, answer ?? wire.describeSilence(), {
          remedy:
            "When the events or functions of a service change, delete it in the MSB first, or give it another uuid.",
          frames,
        });
  } finally {
    await wire.close();
  }
}

/** As after a lost connection. */
async function onANewOne(context: CheckContext): Promise<Finding> {
  const name = "on a new connection";
  const { wire, answer, attempts, milliseconds } = await registerPatiently(context);
  await wire.close();
  const seconds = `${(milliseconds / 1_000).toFixed(1)} s after the end of the first one`;
  if (answer !== "IO_REGISTERED") {
    return problem(name, `${answer}, still ${seconds}`, {
      remedy: "A client that was cut off tries every reconnectInterval (10 s) until the MSB has noticed.",
      frames: wire.transcript.records,
    });
  }
  return attempts === 1
    ? ok(name, answer)
    : note(name, `${answer} ${seconds}, at the attempt number ${attempts}`);
}
