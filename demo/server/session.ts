// `GET /session`: where everything is, as the page that asks can reach it.
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { renderSVG } from "uqr";
import type { Session } from "../plant-state.ts";
import { urlOf } from "./addresses.ts";

export interface SessionFacts {
  readonly brokerPort: number;
  /** That of the broker, if it has one. */
  readonly token: string | undefined;
  readonly networkUrls: readonly string[];
}

/**
 * @param name the host name under which the page was asked for
 * @param remoteAddress who asked for it
 */
export function openSession(facts: SessionFacts, name: string, remoteAddress: string): Session {
  const { brokerPort, token, networkUrls } = facts;
  const [networkUrl] = networkUrls;
  // The broker's token is for whoever sits at this computer.
  const query = token !== undefined && isOwnAddress(remoteAddress) ? `?token=${token}` : "";
  return {
    msbUrl: urlOf(name, brokerPort, ""),
    consoleUrl: urlOf(name, brokerPort, `/${query}`),
    networkUrls,
    qrCode: networkUrl === undefined ? undefined : renderSVG(networkUrl),
    time: Date.now(),
  };
}

function isOwnAddress(remoteAddress: string): boolean {
  const address = remoteAddress.replace(/^::ffff:(?=[\d.]+$)/, "");
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return (
    (isIPv4(address) && address.startsWith("127.")) ||
    address === "::1" ||
    own.some((each) => each.address === address)
  );
}
