import { registerPatiently } from "../connection/register-patiently.ts";
import type { Wire } from "../connection/wire.ts";
import { eventMessage } from "../descriptions.ts";
import { type Finding, note, ok, skipped } from "../finding.ts";
import { needsAcknowledgement, type Probe } from "../probe.ts";

const REMEDY = "Give each running program a uuid of its own; two with the same take each other's place.";

/** What two programs with one uuid get. */
export const secondConnection: Probe = {
  title: "The same uuid twice",
  missing: needsAcknowledgement,
  answers: 6,
  async *run(context) {
    const { wire: first, answer } = await registerPatiently(context);
    let second: Wire | undefined;
    try {
      if (answer !== "IO_REGISTERED") {
        yield skipped("the second one", `the first was not registered: ${answer}`);
        return;
      }
      const { uuid } = context.publisher;
      second = await context.wire();
      const reply = await context.register(second, context.publisher);
      yield describeSecond(reply, second);
      yield await describeEvents("events of the first", first, uuid);
      yield await describeEvents("events of the second", second, uuid);
    } finally {
      await first.close();
      await second?.close();
    }
  },
};

function describeSecond(reply: string | undefined, wire: Wire): Finding {
  const name = "the second one";
  const frames = wire.transcript.records;
  const found = reply ?? wire.describeSilence();
  return reply === "NIO_ALREADY_CONNECTED"
    ? ok(name, found, { frames })
    : note(name, found, { remedy: REMEDY, frames });
}

/** Whether its events are still taken, after both have registered. */
async function describeEvents(name: string, wire: Wire, uuid: string): Promise<Finding> {
  const answer = wire.closed === undefined ? await wire.ask(eventMessage(uuid)) : undefined;
  return ok(name, answer ?? wire.describeSilence(), { frames: wire.transcript.records });
}
