/** The error of a socket. Browsers give a bare event that says nothing; `ws` gives the error. */
export function toError(given: unknown, maxPayload: unknown): Error | undefined {
  const { error = given, message } = (given ?? {}) as {
    readonly error?: unknown;
    readonly message?: unknown;
  };
  if (error instanceof Error) {
    if ((error as { code?: unknown }).code !== "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
      return error;
    }
    const reason = `the server sent a message of more than ${maxPayload} bytes, the limit maxPayload`;
    return Object.assign(new Error(reason, { cause: error }), { code: "MAX_PAYLOAD" });
  }
  return typeof message === "string" && message !== "" ? new Error(message) : undefined;
}
