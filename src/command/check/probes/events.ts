import { registerPatiently } from "../connection/register-patiently.ts";
import type { Wire } from "../connection/wire.ts";
import type { CheckContext } from "../context.ts";
import { EVENT_ID, eventMessage } from "../descriptions.ts";
import { explain, type Finding, note, ok, problem, skipped } from "../finding.ts";
import { needsRegistration, type Probe } from "../probe.ts";

/** Events that are sent at once. */
const BURST = 10;
/** The place among them of one that is to be refused. */
const WRONG = 3;
const REFUSED = /^NIO_(UNEXPECTED_)?EVENT_FORWARDING_ERROR$/;

const ORDER_REMEDY =
  "Answers carry no id, so clients settle events in their order: publish one event at a time (maxInFlight: 1) against this MSB.";

/** Whether events are answered, and how. */
export const events: Probe = {
  title: "Events",
  missing: needsRegistration,
  answers: 10,
  async *run(context) {
    const single = await publishOne(context);
    context.facts.acknowledges = single.status === "ok";
    yield single;
    if (context.facts.acknowledges) {
      yield await inOrder(context);
      yield await inOneFrame(context);
    }
  },
};

/** With the client, until its promise settles. */
async function publishOne(context: CheckContext): Promise<Finding> {
  const name = "one event";
  const { client, transcript } = context.client();
  const event = client.addEvent({ eventId: EVENT_ID, dataFormat: "string" });
  try {
    await client.connect(context.target.url);
    await client.register();
    const start = performance.now();
    await event.publish("check");
    const milliseconds = Math.round(performance.now() - start);
    return ok(name, `IO_PUBLISHED after ${milliseconds} ms`, { frames: transcript.records });
  } catch (error) {
    const { text, remedy } = explain(error);
    return problem(name, text, { remedy, frames: transcript.records });
  } finally {
    await client.disconnect();
  }
}

/** Ten events at once, one of which cannot be taken: the place of its answer shows whether the order is kept. */
async function inOrder(context: CheckContext): Promise<Finding> {
  const name = "answers in order";
  return withPublisher(context, name, async (wire, uuid) => {
    const wrong = eventMessage(uuid, { eventId: "NEVER_DESCRIBED" });
    wire.send(...messages(uuid).map((message, index) => (index === WRONG - 1 ? wrong : message)));
    const answers = await wire.take(BURST);
    const frames = wire.transcript.records;
    const places = answers.flatMap((answer, index) => (answer === "IO_PUBLISHED" ? [] : [index + 1]));
    const all = `${answers.length} answers to ${BURST} events`;
    if (answers.length < BURST) {
      return problem(name, `${all}; then ${wire.describeSilence()}`, { remedy: ORDER_REMEDY, frames });
    }
    if (places.length === 0) {
      return note(
        name,
        `${all}, all IO_PUBLISHED, also to one that was never described: its order cannot be seen`,
        { frames },
      );
    }
    const isKept = places.length === 1 && places[0] === WRONG && REFUSED.test(answers[WRONG - 1] ?? "");
    const at = `the event to be refused was number ${WRONG}, and so was its answer (${answers[WRONG - 1]})`;
    return isKept
      ? ok(name, `${all}, one by one: ${at}`, { frames })
      : problem(name, `${all}: ${answers.join(", ")}; number ${WRONG} was to be refused`, {
          remedy: ORDER_REMEDY,
          frames,
        });
  });
}

/** What the option `batch` does. */
async function inOneFrame(context: CheckContext): Promise<Finding> {
  const name = "several in one frame";
  if (!context.hasSockJs) {
    return skipped(name, "needs SockJS framing");
  }
  return withPublisher(context, name, async (wire, uuid) => {
    wire.sendTogether(messages(uuid));
    const answers = await wire.take(BURST);
    const frames = wire.transcript.records;
    const accepted = answers.filter((answer) => answer === "IO_PUBLISHED").length;
    const most = wire.mostMessages === 1 ? "one in a frame" : `up to ${wire.mostMessages} in a frame`;
    if (accepted === BURST) {
      return ok(
        name,
        `${BURST} events in one frame, ${BURST} IO_PUBLISHED (${most}): the option batch can be used`,
        { frames },
      );
    }
    const missing = answers.length === BURST ? "" : `; then ${wire.describeSilence()}`;
    return note(
      name,
      `${BURST} events in one frame: ${accepted} IO_PUBLISHED of ${answers.length} answers${missing}`,
      {
        remedy: "Leave the client option batch as it is (false).",
        frames,
      },
    );
  });
}

function messages(uuid: string): string[] {
  return Array.from({ length: BURST }, (_, index) =>
    eventMessage(uuid, { dataObject: `check ${index + 1}` }),
  );
}

async function withPublisher(
  context: CheckContext,
  name: string,
  use: (wire: Wire, uuid: string) => Promise<Finding>,
): Promise<Finding> {
  const { wire, answer } = await registerPatiently(context);
  try {
    return answer === "IO_REGISTERED"
      ? await use(wire, context.publisher.uuid)
      : skipped(name, `its service was not registered: ${answer}`);
  } finally {
    await wire.close();
  }
}
