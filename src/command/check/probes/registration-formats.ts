import type { MsbClient } from "../../../index.ts";
import type { FrameRecord } from "../connection/transcript.ts";
import type { Wire } from "../connection/wire.ts";
import type { CheckContext } from "../context.ts";
import { describeEvent, describePublisher } from "../descriptions.ts";
import { explain, type Finding, note, ok, problem } from "../finding.ts";
import { addFormats, addParameters, FORMATS } from "../formats.ts";

/** What is taken of what self-descriptions may hold. */
export function formatFindings(context: CheckContext): Promise<Finding[]> {
  return Promise.all([
    dataFormats(context),
    upperCase(context),
    lowerCase(context),
    severalTypes(context),
    behindGateway(context),
  ]);
}

/** All of them in one registration; one by one only if that is refused, so that little is left behind. */
async function dataFormats(context: CheckContext): Promise<Finding> {
  const name = "data formats";
  const together = await tryToRegister(context, (client) => addFormats(client, FORMATS));
  if (together.failure === undefined) {
    return ok(name, `all taken: ${FORMATS.map((format) => format.name).join(", ")}`, together);
  }
  const alone = await Promise.all(
    FORMATS.map(async (format) => ({
      format: format.name,
      ...(await tryToRegister(context, (client) => addFormats(client, [format]))),
    })),
  );
  const refused = alone.filter(({ failure }) => failure !== undefined);
  if (refused.length === 0) {
    return problem(name, `each is taken alone, but all together are not: ${together.failure}`, together);
  }
  return problem(
    name,
    `not taken: ${refused.map(({ format, failure }) => `${format} (${failure})`).join(", ")}`,
    {
      remedy: "Describe these payloads in another way, such as an object with simple properties.",
      frames: refused[0]?.frames,
    },
  );
}

async function upperCase(context: CheckContext): Promise<Finding> {
  const name = "parameters, INTEGER";
  const { failure, frames } = await tryToRegister(context, addParameters);
  return failure === undefined
    ? ok(name, "types in upper case, as this client sends them: all taken", { frames })
    : problem(name, `types in upper case, as this client sends them: ${failure}`, {
        remedy: "Register without configuration parameters.",
        frames,
      });
}

async function lowerCase(context: CheckContext): Promise<Finding> {
  const parameters = {
    limit: { value: 1, type: "integer", format: "int32" },
    text: { value: "a", type: "string" },
  };
  const { answer, frames } = await registerRaw(context, { configuration: { parameters } });
  const found = `types in lower case, as the Java and C# clients send them: ${answer}`;
  return (answer === "IO_REGISTERED" ? ok : note)("parameters, integer", found, { frames });
}

/** Valid by the schema of the MSB; whether it is taken is not known. */
async function severalTypes(context: CheckContext): Promise<Finding> {
  const dataFormat = { dataObject: { type: ["string", "null"] } };
  const { answer, frames } = await registerRaw(context, { events: [describeEvent(1, "EITHER", dataFormat)] });
  const name = "several types";
  return answer === "IO_REGISTERED"
    ? ok(name, `"type": ["string","null"]: ${answer}`, { frames })
    : note(name, `"type": ["string","null"]: ${answer}`, { remedy: "Do without nullable() in zod.", frames });
}

async function behindGateway(context: CheckContext): Promise<Finding> {
  const service = describePublisher(context.identity());
  const { answer, frames } = await registerRaw(context, {
    "@class": "Gateway",
    events: [],
    services: [service],
  });
  const name = "gateway";
  if (answer !== "IO_REGISTERED") {
    return note(name, `with a service behind it: ${answer}`, { frames });
  }
  context.left.add(service.uuid);
  return ok(name, `with a service behind it: ${answer}`, { frames });
}

interface Attempt {
  /** What came in the place of IO_REGISTERED. */
  readonly failure: string | undefined;
  readonly frames: readonly FrameRecord[];
}

/** With the client, whose users these are. */
async function tryToRegister(context: CheckContext, describe: (client: MsbClient) => void): Promise<Attempt> {
  const { client, transcript } = context.client();
  try {
    describe(client);
    await client.connect(context.target.url);
    await client.register();
    return { failure: undefined, frames: transcript.records };
  } catch (error) {
    return { failure: explain(error).text, frames: transcript.records };
  } finally {
    await client.disconnect();
  }
}

/** With what the client would not send. */
async function registerRaw(
  context: CheckContext,
  changes: object,
): Promise<{ readonly answer: string; readonly frames?: readonly FrameRecord[] }> {
  let wire: Wire | undefined;
  try {
    wire = await context.wire();
    const answer = await context.register(wire, { ...describePublisher(context.identity()), ...changes });
    return { answer: answer ?? wire.describeSilence(), frames: wire.transcript.records };
  } catch (error) {
    return { answer: explain(error).text };
  } finally {
    await wire?.close();
  }
}
