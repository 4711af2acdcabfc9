import { rawFraming, sockJsFraming } from "../../../core/codec/index.ts";
import { clip, quote } from "../../../support/clip.ts";
import { httpGet } from "../connection/http-get.ts";
import type { CheckContext } from "../context.ts";
import { explain, type Finding, note, ok, problem } from "../finding.ts";
import type { Probe } from "../probe.ts";

/** Ports that Fraunhofer's containers use for something else. */
const OTHER_PORTS: Readonly<Record<number, string>> = {
  8080: "the web page",
  8081: "the management of services",
  8082: "the management of flows",
  8083: "the REST interface",
  8086: "the REST interface",
  8761: "the service discovery",
};

/** Whether it is the websocket interface of an MSB, and which framings it takes. */
export const websocketInterface: Probe = {
  title: "Interface",
  answers: 3,
  async *run(context) {
    const [info, sockJs, raw] = await Promise.all([
      readInfo(context),
      connect(context, "sockjs"),
      connect(context, "raw"),
    ]);
    context.facts.framings = [
      ...(sockJs.status === "ok" ? [sockJsFraming] : []),
      ...(raw.status === "ok" ? [rawFraming] : []),
    ];
    if (context.facts.framings.length === 0) {
      context.stopped = "needs a connection";
      yield* [info, sockJs, raw];
      return;
    }
    yield* [info, withoutOne(sockJs), withoutOne(raw)];
    yield await ping(context);
  },
};

/** One framing is enough: that the other does not work is no problem for those who know it. */
function withoutOne(finding: Finding): Finding {
  if (finding.status !== "problem") {
    return finding;
  }
  const remedy =
    finding.name === "SockJS framing"
      ? "Use raw framing: the client option sockJsFraming: false. The official Java client cannot."
      : "Use SockJS framing, which is the default.";
  return { ...finding, status: "note", remedy };
}

/** With the client, as its users connect. */
async function connect(context: CheckContext, name: "sockjs" | "raw"): Promise<Finding> {
  const isSockJs = name === "sockjs";
  const title = isSockJs ? "SockJS framing" : "raw framing";
  const { client, transcript } = context.client({ sockJsFraming: isSockJs });
  const start = performance.now();
  try {
    await client.connect(context.target.url);
    const milliseconds = Math.round(performance.now() - start);
    return ok(title, `IO_CONNECTED after ${milliseconds} ms`, { frames: transcript.records });
  } catch (error) {
    const { text, remedy } = explain(error);
    const other = OTHER_PORTS[context.target.port];
    const port =
      other &&
      `The MSB's port ${context.target.port} is ${other}; its websocket interface has 8085, with TLS 8084.`;
    const remedies = [remedy, port].filter((each) => each !== undefined);
    return problem(title, text, {
      remedy: remedies.length === 0 ? undefined : remedies.join(" "),
      frames: transcript.records,
    });
  } finally {
    await client.disconnect();
  }
}

/** What the option `keepAlive` relies on. */
async function ping(context: CheckContext): Promise<Finding> {
  const name = "websocket ping";
  const wire = await context.wire();
  const milliseconds = await wire.ping();
  await wire.close();
  return milliseconds === undefined
    ? note(name, "not answered", {
        remedy: "Leave keepAlive false: a client with it would give up connections that work.",
      })
    : ok(name, `answered after ${milliseconds} ms`);
}

/** What SockJS clients, such as the official one in Java, ask for first. */
async function readInfo({ target }: CheckContext): Promise<Finding> {
  const name = "SockJS info";
  const path = "/websocket/data/info";
  const answer = await httpGet(target, path);
  if (answer instanceof Error) {
    return note(name, `GET ${path}: ${answer.message}`);
  }
  const frames = [
    { milliseconds: answer.milliseconds, direction: "received", text: clip(answer.body) },
  ] as const;
  const remedy = "The official Java client asks for it, and cannot connect without. Others do not need it.";
  if (answer.status !== 200) {
    return note(name, `GET ${path} is HTTP ${answer.status}`, { remedy, frames });
  }
  const info = parse(answer.body);
  if (info?.["websocket"] !== true) {
    return note(name, `GET ${path} is not the document of a SockJS server: ${quote(answer.body)}`, {
      remedy,
      frames,
    });
  }
  const sticky = info["cookie_needed"] === true ? ", wants a cookie" : "";
  return ok(name, `websocket: true${sticky} (${answer.milliseconds} ms)`, { frames });
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
