import { networkInterfaces } from "node:os";
import type { Broker } from "../index.ts";
import { clientUrl } from "../transport/client-url.ts";
import type { StartCommand } from "./options.ts";

export interface Announcement {
  readonly broker: Broker;
  readonly command: StartCommand;
  /** The one that was made up; one that the user has given is not written out. */
  readonly token: string | undefined;
  readonly version: string;
}

/** The console's address, with the token that was made up. */
export function consoleUrl({ broker, token }: Pick<Announcement, "broker" | "token">): string {
  return `${broker.url}/${token === undefined ? "" : `?token=${token}`}`;
}

/** What is said at the start, line by line. */
export function describeStart(announcement: Announcement): string[] {
  const { broker, command, version } = announcement;
  const { flows, record, replay } = command;
  const others = broker.urls.slice(1).map((url) => ["or to", url] as const);
  const facts: (readonly [string, string] | undefined)[] = [
    ["Connect clients to", broker.url],
    ...others,
    command.lacksTls ? ["wss on port 8084", "only with --cert and --key"] : undefined,
    ...networkUrls(broker).map((url) => ["from the network", url] as const),
    ["Console", consoleUrl(announcement)],
    ["REST interface", `${broker.url}/v3/api-docs`],
    flows === undefined ? undefined : ["Flows", `${flows} (${broker.flows.length})`],
    record === undefined ? undefined : ["Recording into", record],
    replay === undefined ? undefined : ["Replaying", replay],
  ];
  const width = "Connect clients to".length;
  return [
    `msb-broker ${version}, ready in ${Math.round(process.uptime() * 1_000)} ms`,
    ...facts.filter((fact) => fact !== undefined).map(([term, text]) => `  ${term.padEnd(width)} ${text}`),
    "Ctrl+C to stop",
  ];
}

/** Where others reach a broker that listens on all addresses of this computer. */
function networkUrls({ host, port, url }: Broker): string[] {
  if (host !== "0.0.0.0" && host !== "::") {
    return [];
  }
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ internal, family, scopeid }) => !internal && (family === "IPv4" || (host === "::" && !scopeid)),
    )
    .map(({ address }) => clientUrl(address, port, url.startsWith("https")));
}

/** What is said at the end. @param recorded how many messages, if any were to be. */
export function describeEnd({ broker, command }: Announcement, recorded: number | undefined): string {
  const { connections, registrations, eventsAccepted, callsSent } = broker.counters;
  const served = [
    count(connections, "connection"),
    count(registrations, "registration"),
    count(eventsAccepted, "event"),
    count(callsSent, "call"),
  ].join(", ");
  const recording =
    recorded === undefined ? "" : ` Recorded ${count(recorded, "message")} into ${command.record}.`;
  return `Stopped. Served ${served}.${recording}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
