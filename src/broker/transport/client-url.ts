/** Addresses that mean "all of this computer's", and how a client on it reaches them. */
const REACHABLE = new Map([
  ["0.0.0.0", "127.0.0.1"],
  ["::", "::1"],
]);

/** The URL that a client on the same computer gives to `connect()`. */
export function clientUrl(host: string, port: number, isTls: boolean): string {
  const reachable = REACHABLE.get(host) ?? host;
  const authority = reachable.includes(":") ? `[${reachable}]` : reachable;
  return `${isTls ? "https" : "http"}://${authority}:${port}`;
}

/** Whether only this computer can reach this address. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|.+\.localhost)$/i.test(host);
}
