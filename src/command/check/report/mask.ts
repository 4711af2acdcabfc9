const MASKED = "•••";

/** Tokens shorter than this may be parts of other words, and are hidden only where they stand as a token. */
const LEAST_LENGTH = 8;

/** Hides a token: as it stands in an R message, in that of a SockJS frame, and anywhere else. */
export function maskToken(token: string): (text: string) => string {
  const inMessage = `"token":${JSON.stringify(token)}`;
  const inFrame = JSON.stringify(inMessage).slice(1, -1);
  return (text) => {
    const hidden = text
      .replaceAll(inMessage, `"token":"${MASKED}"`)
      .replaceAll(inFrame, `\\"token\\":\\"${MASKED}\\"`);
    return token.length < LEAST_LENGTH ? hidden : hidden.replaceAll(token, MASKED);
  };
}
