// Under which addresses page and broker can be reached.
import { hostname, networkInterfaces } from "node:os";

/** Names of this computer; also those under which others of its network know it. */
export const OWN_NAMES: readonly string[] = [
  "localhost",
  hostname().toLowerCase(),
  `${hostname().toLowerCase()}.local`,
];

/** The addresses of this computer in its networks; those of the family that most people can type first. */
export function networkAddresses(host: string | undefined): string[] {
  if (host === undefined) {
    return [];
  }
  if (host !== "0.0.0.0" && host !== "::") {
    return [host];
  }
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
}

/** @param name a name or an address; one of IPv6 with or without brackets */
export function urlOf(name: string, port: number, path = "/"): string {
  const authority = name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
  return `http://${authority}:${port}${path}`;
}
