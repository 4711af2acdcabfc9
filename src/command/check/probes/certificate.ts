import { isIP } from "node:net";
import {
  type ConnectionOptions,
  checkServerIdentity,
  connect,
  type PeerCertificate,
  type TLSSocket,
} from "node:tls";
import { connectError } from "../../../session/connection/connect-errors.ts";
import { clip } from "../../../support/clip.ts";
import { within } from "../connection/wait.ts";
import type { CheckContext } from "../context.ts";
import { explain, type Finding, note, ok, problem, skipped } from "../finding.ts";
import type { Probe } from "../probe.ts";
import type { Target } from "../target.ts";

const DAY = 24 * 60 * 60 * 1_000;
/** Days before a certificate ends at which that is worth a word. */
const SOON = 30;
/** Certificates of a chain that are named. */
const MAX_CHAIN = 8;

/** The chain of certificates, looked at whether or not it can be trusted. */
export const certificate: Probe = {
  title: "TLS",
  answers: 1,
  async *run(context) {
    const { target } = context;
    if (!target.isTls) {
      const reason = `${target.url.split(":", 1)[0]}:// is not encrypted`;
      yield isLocal(target.host) ? skipped("TLS", reason) : notEncrypted(reason);
      return;
    }
    const socket = connect(optionsFor(target));
    try {
      const outcome = await within(target.answerTime, handshake(socket));
      yield* outcome === null ? describe(context, socket) : [fail(context, outcome)];
    } finally {
      socket.destroy();
    }
  },
};

function notEncrypted(reason: string): Finding {
  return note("TLS", `${reason}: the token of every service can be read on the way`, {
    remedy: "Use https:// or wss:// if the MSB has it; its usual port for that is 8084.",
  });
}

function isLocal(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function optionsFor({ host, port, tls = {} }: Target): ConnectionOptions {
  const { ca, cert, key } = tls;
  const name = isIP(host) === 0 ? { servername: host } : {};
  // Whether it can be trusted is looked up afterwards, so that the chain is seen in any case.
  const options = { host, port, ...name, rejectUnauthorized: false };
  return { ...options, ...({ ca, cert, key } as ConnectionOptions) };
}

/** `null` if it succeeded. */
function handshake(socket: TLSSocket): Promise<Error | null> {
  return new Promise((resolve) => {
    socket.on("secureConnect", () => resolve(null)).on("error", resolve);
  });
}

function fail(context: CheckContext, error: Error | undefined): Finding {
  context.stopped = "needs TLS";
  const { socketBase, answerTime } = context.target;
  const cause =
    error ?? Object.assign(new Error(`no answer within ${answerTime / 1_000} s`), { code: "ETIMEDOUT" });
  const { text, remedy } = explain(connectError(socketBase, { code: 1006, reason: "", error: cause }));
  return problem("TLS", text, { remedy });
}

function describe(context: CheckContext, socket: TLSSocket): Finding[] {
  const chain = chainOf(socket);
  const version = ok("TLS", `${socket.getProtocol()}, ${socket.getCipher().name}`);
  return [version, trust(context, socket, chain), validity(chain)];
}

function trust(context: CheckContext, socket: TLSSocket, chain: readonly PeerCertificate[]): Finding {
  const { target } = context;
  const names = chain.map(nameOf).join(" ← ");
  if (socket.authorized) {
    return ok("certificate", `${names}: trusted`);
  }
  const error = trustError(target, socket, chain[0]);
  const { text, remedy } = explain(connectError(target.socketBase, { code: 1006, reason: "", error }));
  const found = `${names}: ${text}`;
  if (target.tls?.rejectUnauthorized === false) {
    return note("certificate", `${found} Taken because of --insecure.`, { remedy });
  }
  context.stopped = "needs a certificate that can be trusted";
  const hint = remedy?.includes("tls.ca") ? " This check takes it as --ca FILE." : "";
  return problem("certificate", found, { remedy: `${remedy ?? ""}${hint}` });
}

/** What Node.js would have refused the connection with. */
function trustError({ host }: Target, socket: TLSSocket, leaf: PeerCertificate | undefined): Error {
  const code = String(socket.authorizationError);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" && leaf !== undefined) {
    return checkServerIdentity(host, leaf) ?? new Error(code);
  }
  return Object.assign(new Error(code), { code });
}

function validity(chain: readonly PeerCertificate[]): Finding {
  const ends = chain.map(({ valid_to }) => Date.parse(valid_to)).filter((time) => !Number.isNaN(time));
  const end = Math.min(...ends);
  if (ends.length === 0) {
    return skipped("validity", "the certificates do not say how long they are valid");
  }
  const days = Math.floor((end - Date.now()) / DAY);
  const date = new Date(end).toISOString().slice(0, 10);
  if (days < 0) {
    return note("validity", `ended on ${date}`, { remedy: "Renew the certificate on the server." });
  }
  const found = `until ${date}, ${days} days`;
  return days < SOON
    ? note("validity", found, { remedy: "Renew the certificate in time." })
    : ok("validity", found);
}

/** From the server's certificate to that of its authority. */
function chainOf(socket: TLSSocket): PeerCertificate[] {
  const chain: PeerCertificate[] = [];
  let next: ReturnType<TLSSocket["getPeerCertificate"]> | undefined = socket.getPeerCertificate(true);
  while (next?.subject !== undefined && chain.length < MAX_CHAIN && !chain.includes(next)) {
    chain.push(next);
    next = (next as { issuerCertificate?: typeof next }).issuerCertificate;
  }
  return chain;
}

function nameOf({ subject }: PeerCertificate): string {
  return clip(String(subject.CN ?? subject.O ?? "without a name"), 80);
}
