import { sockJsFraming } from "../../../core/codec/index.ts";
import { clip } from "../../../support/clip.ts";
import { registerPatiently } from "../connection/register-patiently.ts";
import type { Wire } from "../connection/wire.ts";
import type { CheckContext } from "../context.ts";
import { describeEvent, describeFunction, describePublisher, eventMessage } from "../descriptions.ts";
import { explain, type Finding, note, ok, skipped } from "../finding.ts";
import { needsRegistration, type Probe } from "../probe.ts";

/** Something wrong, and how the MSB is thought to answer it. */
interface Case {
  readonly name: string;
  readonly messages: (uuid: string, context: CheckContext) => readonly string[];
  readonly expected: "refused" | "taken";
}

const REFUSED = /^NIO(_|$)/;
const TAKEN = /^IO(_|$)/;
const UNREFERENCED = 99;

/** Each on a connection of its own, on which nothing has registered. */
const BEFORE_REGISTRATION: readonly Case[] = [
  wrong("R that is not JSON", (uuid) => `R {"uuid":"${uuid}"`),
  wrongDescription("R without a uuid", { uuid: undefined }),
  wrongDescription("R without a token", { token: "" }),
  wrongDescription("anyOf in a format", { events: [eventWith({ anyOf: [{ type: "string" }] })] }),
  wrongDescription("$ref to nothing", { events: [eventWith({ $ref: "#/definitions/Nothing" })] }),
  wrongDescription("an eventId twice", { events: [describeEvent(1, "A"), describeEvent(2, "A")] }),
  wrongDescription("response event unknown", {
    functions: [describeFunction("F", undefined, [UNREFERENCED])],
  }),
  wrongDescription("parameter type unknown", {
    configuration: { parameters: { p: { value: 1, type: "INT33" } } },
  }),
  wrong("event before R", (uuid) => eventMessage(uuid)),
];

/** Of a service that is registered. */
const AFTER_REGISTRATION: readonly Case[] = [
  wrong("event never described", (uuid) => eventMessage(uuid, { eventId: "NEVER_DESCRIBED" })),
  wrong("event of another uuid", (_uuid, context) => eventMessage(context.identity().uuid)),
  wrong("E that is not JSON", (uuid) => `E {"uuid":"${uuid}"`),
  taken("value of another type", (uuid) => [eventMessage(uuid, { dataObject: 5 })]),
  // Followed by an event, whose answer shows that it was ignored.
  taken("unknown message", (uuid) => ["X check", eventMessage(uuid)]),
];

/** What is refused, and how. */
export const refusals: Probe = {
  title: "Refusals",
  missing: needsRegistration,
  answers: 14,
  async *run(context) {
    yield* await Promise.all(BEFORE_REGISTRATION.map((each) => tryUnregistered(context, each)));
    yield* tryRegistered(context);
    yield await brokenFrame(context);
  },
};

/** Spring closes the connection; the official Python client sends such frames for values with line breaks. */
async function brokenFrame(context: CheckContext): Promise<Finding> {
  const name = "frame that is not JSON";
  if (!context.hasSockJs) {
    return skipped(name, "needs SockJS framing");
  }
  return onWire(name, context.wire({ framing: sockJsFraming }), async (wire) => {
    wire.sendFrame('["X');
    const answer = (await wire.next()) ?? wire.describeSilence();
    const frames = wire.transcript.records;
    return wire.closed === undefined ? note(name, answer, { frames }) : ok(name, answer, { frames });
  });
}

function tryUnregistered(context: CheckContext, each: Case): Promise<Finding> {
  const { uuid } = context.identity();
  return onWire(each.name, context.wire(), (wire) => tryCase(context, wire, uuid, each));
}

/** One by one: else nobody knows which answer is whose. */
async function* tryRegistered(context: CheckContext): AsyncGenerator<Finding> {
  if (!context.facts.acknowledges) {
    yield* AFTER_REGISTRATION.map(({ name }) => skipped(name, "needs an event that is acknowledged"));
    return;
  }
  const { uuid } = context.publisher;
  for (const each of AFTER_REGISTRATION) {
    const registered = registerPatiently(context).then(({ wire }) => wire);
    yield await onWire(each.name, registered, (wire) => tryCase(context, wire, uuid, each));
  }
}

/** One that cannot be dialled, because it is one too many for example, is no reason to lose the other findings. */
async function onWire(
  name: string,
  dialled: Promise<Wire>,
  use: (wire: Wire) => Promise<Finding>,
): Promise<Finding> {
  let wire: Wire | undefined;
  try {
    wire = await dialled;
    return await use(wire);
  } catch (error) {
    return note(name, explain(error).text);
  } finally {
    await wire?.close();
  }
}

async function tryCase(context: CheckContext, wire: Wire, uuid: string, each: Case): Promise<Finding> {
  const { name, messages, expected } = each;
  wire.send(...messages(uuid, context));
  const answer = await wire.next();
  if (answer === "IO_REGISTERED") {
    context.left.add(uuid);
  }
  return describe(name, expected, answer, wire);
}

function describe(name: string, expected: Case["expected"], answer: string | undefined, wire: Wire): Finding {
  const frames = wire.transcript.records;
  if (answer === undefined) {
    const remedy = "The client gives such a connection up after ackTimeout (10 s), and connects again.";
    return note(name, wire.describeSilence(), {
      frames,
      ...(wire.closed === undefined ? { remedy } : {}),
    });
  }
  const isRefused = REFUSED.test(answer);
  if (!isRefused && !TAKEN.test(answer)) {
    return note(name, `answered with ${clip(answer)}, which is no answer that an MSB is known for`, {
      frames,
    });
  }
  const outcome = isRefused ? "refused" : "taken";
  if (outcome === expected) {
    return ok(name, answer, { frames });
  }
  return outcome === "taken"
    ? note(name, `taken (${answer}): the MSB does not check it`, { frames })
    : note(name, `refused (${answer}); the development broker takes it`, { frames });
}

function wrong(name: string, message: (uuid: string, context: CheckContext) => string): Case {
  return { name, messages: (...given) => [message(...given)], expected: "refused" };
}

function taken(name: string, messages: (uuid: string) => readonly string[]): Case {
  return { name, messages, expected: "taken" };
}

function wrongDescription(name: string, changes: object): Case {
  return wrong(name, (uuid, context) => {
    const description = describePublisher({ ...context.identity(), uuid });
    return `R ${JSON.stringify({ ...description, ...changes })}`;
  });
}

function eventWith(schema: object): object {
  return describeEvent(1, "A", { dataObject: schema });
}
