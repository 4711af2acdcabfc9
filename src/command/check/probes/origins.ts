import { httpGet } from "../connection/http-get.ts";
import type { CheckContext } from "../context.ts";
import { explain, type Finding, note, ok, problem } from "../finding.ts";
import { needsConnection, type Probe } from "../probe.ts";

/** Of nobody: the domain is reserved, and never exists. */
const FOREIGN = "https://page.invalid";

/** Whether web pages may connect. */
export const origins: Probe = {
  title: "Web pages",
  missing: needsConnection,
  answers: 4,
  async *run(context) {
    const asked = context.origins;
    const all = asked.length === 0 ? [FOREIGN] : asked;
    yield* await Promise.all(all.map((origin) => tryOrigin(context, origin, asked.length > 0)));
  },
};

async function tryOrigin(context: CheckContext, origin: string, isAsked: boolean): Promise<Finding> {
  const name = isAsked ? origin : "of any other origin";
  const info = await describeInfo(context, origin);
  const failure = await connect(context, origin);
  if (failure === undefined) {
    const found = `may connect${info ?? ""}`;
    return isAsked
      ? ok(name, found)
      : note(name, `${found}: every page that is open in a browser reaches this MSB`, {
          remedy: "Allow only the origins that are needed, if the MSB or a proxy before it can be set so.",
        });
  }
  if (info === undefined) {
    return problem(name, `nobody answers any more: ${failure.text}`, { remedy: failure.remedy });
  }
  const found = `may not connect: ${failure.text}${info}`;
  return isAsked
    ? problem(name, found, { remedy: failure.remedy })
    : ok(name, `${found}; that of your page: --origin https://…`);
}

async function connect(
  context: CheckContext,
  origin: string,
): Promise<ReturnType<typeof explain> | undefined> {
  try {
    const wire = await context.wire({ origin });
    await wire.close();
    return undefined;
  } catch (error) {
    const { text, remedy } = explain(error);
    const { cause } = error as { cause?: unknown };
    return { text: cause instanceof Error ? cause.message : text, remedy };
  }
}

/** What a page with the library `sockjs-client` asks for first. `undefined` if there was no answer. */
async function describeInfo({ target }: CheckContext, origin: string): Promise<string | undefined> {
  const answer = await httpGet(target, "/websocket/data/info", { origin });
  if (answer instanceof Error) {
    return undefined;
  }
  const allowed = answer.headers["access-control-allow-origin"];
  return ` (GET info: HTTP ${answer.status}, ${allowed === undefined ? "without CORS" : `CORS ${allowed}`})`;
}
