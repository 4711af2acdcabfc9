import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import { connectError } from "../../../session/connection/connect-errors.ts";
import { asMsbError } from "../../../support/errors.ts";
import { within } from "../connection/wait.ts";
import { explain, type Finding, ok, problem } from "../finding.ts";
import type { Probe } from "../probe.ts";
import type { Target } from "../target.ts";

/** Whether there is such a host, and something listens. Without that there is nothing else to try. */
export const network: Probe = {
  title: "Network",
  answers: 2,
  async *run(context) {
    for (const look of [resolveName, openPort]) {
      const finding = await look(context.target);
      yield finding;
      if (finding.status === "problem") {
        context.stopped = "needs something that listens there";
        return;
      }
    }
  },
};

async function resolveName(target: Target): Promise<Finding> {
  const { host, answerTime } = target;
  if (isIP(host) !== 0) {
    return ok("host name", `${host} is an address`);
  }
  const start = performance.now();
  const outcome = await within(
    answerTime,
    lookup(host, { all: true }).catch((error: unknown) => asMsbErrorOf(target, error)),
  );
  if (!Array.isArray(outcome)) {
    return outcome ?? problem("host name", `no name server answered within ${answerTime / 1_000} s`);
  }
  const addresses = outcome.map(({ address }) => address).join(", ");
  return ok("host name", `${host} is ${addresses} (${sinceText(start)})`);
}

function asMsbErrorOf({ socketBase }: Target, error: unknown): Finding {
  const { text, remedy } = explain(
    error instanceof Error ? connectError(socketBase, { code: 1006, reason: "", error }) : asMsbError(error),
  );
  return problem("host name", text, { remedy });
}

async function openPort({ host, port, socketBase, answerTime }: Target): Promise<Finding> {
  const start = performance.now();
  const socket = connect({ host, port });
  const error = await within(
    answerTime,
    new Promise<Error | null>((resolve) => {
      socket.on("connect", () => resolve(null)).on("error", resolve);
    }),
  );
  socket.destroy();
  if (error === null) {
    return ok("port", `${port} is open (${sinceText(start)})`);
  }
  const cause =
    error ?? Object.assign(new Error(`no answer within ${answerTime / 1_000} s`), { code: "ETIMEDOUT" });
  const { text, remedy } = explain(connectError(socketBase, { code: 1006, reason: "", error: cause }));
  return problem("port", text, { remedy });
}

function sinceText(start: number): string {
  return `${Math.round(performance.now() - start)} ms`;
}
