export interface CurlOptions {
  /** Of the request, with the origin of the broker. */
  readonly url: string;
  /** The JSON of the body. */
  readonly body: string;
  /** Whether the broker wants a token: a placeholder then stands for it. */
  readonly needsToken: boolean;
}

/** A POST request as a command for a shell, such as bash. */
export function toCurl({ url, body, needsToken }: CurlOptions): string {
  const headers = [
    "Content-Type: application/json",
    ...(needsToken ? ["Authorization: Bearer TOKEN"] : []),
  ].map((header) => `-H ${quoted(header)}`);
  return ["curl", "-X POST", quoted(url), ...headers, `--data-raw ${quoted(body)}`]
    .join(" \\\n  ")
    .replace(" \\\n  -X POST \\\n  ", " -X POST ");
}

/** Between single quotes a shell takes everything as it is, but for a single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
