const CHECK_SERVER = "Check host and port, and that the MSB is running.";

/** What helps, by the failure: all that a browser says of one is its close code. */
export function connectRemedy(failure: string): string {
  if (failure.startsWith("close 1006")) {
    return `${CHECK_SERVER} A web page also has to be let in (development broker: --allow-origin); the browser's console may say more.`;
  }
  return failure.startsWith("close ")
    ? "The server opened the websocket and closed it before IO_CONNECTED. Check that it is an MSB; its log may say why."
    : CHECK_SERVER;
}
