import type { SocketClose } from "../socket/index.ts";
import { clip } from "../support/clip.ts";
import { connectRemedy as browserRemedy } from "./browser-remedy.ts";

const CLIENT_CERTIFICATE =
  "The server wants a client certificate, or does not take the one it got: set tls.cert and tls.key to one that it knows.";

type Remedy = string | ((close: SocketClose) => string);

/** What helps, by the failure and the scheme of the URL. The first row that fits counts. */
const REMEDIES: readonly (readonly [failure: RegExp, remedy: Remedy])[] = [
  [
    /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|SELF_SIGNED_CERT_IN_CHAIN|CERT_UNTRUSTED)/,
    "The server's certificate is signed by an authority that this computer does not know, or an intermediate certificate is missing: set tls.ca to the authority's certificate.",
  ],
  [
    /^DEPTH_ZERO_SELF_SIGNED_CERT/,
    "The server's certificate is signed by itself: set tls.ca to this certificate. For tests only, tls.rejectUnauthorized: false accepts any.",
  ],
  [
    /^CERT_HAS_EXPIRED/,
    "The server's certificate, or one above it, has expired. Renew it on the server, or set the clock of this computer right.",
  ],
  [
    /^CERT_NOT_YET_VALID/,
    "The server's certificate, or one above it, is not valid yet. Set the clock of this computer right.",
  ],
  [/^ERR_TLS_CERT_ALTNAME_INVALID/, wrongHost],
  [
    /^(CERT_|CRL_|INVALID_(CA|PURPOSE)|PATH_LENGTH|ERROR_IN_CERT|UNABLE_TO_)/,
    "The server's certificate cannot be trusted. It needs another one.",
  ],
  [/^SSL .*alert (handshake failure|.*certificate|unknown ca|access denied)/, CLIENT_CERTIFICATE],
  [
    /^SSL (wrong version number|packet length too long|http request|unknown protocol)/,
    "The port does not speak TLS. Use http:// or ws:// in the URL, or the port for https.",
  ],
  [
    /^SSL .*(protocol|version)/,
    "Client and server have no version of TLS in common. The server needs TLS 1.2 or newer.",
  ],
  [/^ERR_OSSL_.*BAD_DECRYPT/, "tls.passphrase does not open tls.key."],
  [
    /^ERR_(OSSL|CRYPTO)_/,
    // One wrong passphrase in some 200 "opens" the key: what comes out is noise, which OpenSSL then cannot read.
    "tls.cert and tls.key cannot be read, or do not belong together. Both have to be PEM, and tls.passphrase has to open an encrypted tls.key.",
  ],
  [
    /^WebSocket connection to '.*' failed: Failed to connect wss$/,
    "Bun does not say why. If tls.cert and tls.key are set: both have to be PEM and belong together, and tls.passphrase has to open an encrypted tls.key.",
  ],
  [
    /^(Requires net access|EPERM)/,
    "The program may not connect to this address: a firewall of this computer forbids it, or Deno was started without --allow-net for its host and port.",
  ],
  [/^HTTP 3/, ({ response }) => `Use ${clip(response?.location ?? "the URL that it points to")}.`],
  [
    /^HTTP 400/,
    "Check host, port and path. Some servers answer like this if they want https://, or a client certificate (tls.cert and tls.key).",
  ],
  [
    /^HTTP 401/,
    "A server or proxy in front of the MSB wants credentials: give them as a header, with the option socket: nodeSocket({ headers }).",
  ],
  [
    /^HTTP (403|421)/,
    "The server does not take this client, this page's Origin or this host name. Allow it on the server; the development broker's log names the option: --allow-origin or --allow-host.",
  ],
  [/^HTTP 404/, "Check the path of the URL. It ends before /websocket/data, which the client adds."],
  [
    /^HTTP 407/,
    "The proxy wants credentials: give them to the agent, with the option socket: nodeSocket({ agent }).",
  ],
  [/^HTTP 5/, "Something answers, and the MSB behind it does not. Check that the MSB is running."],
  [/^(HTTP|Invalid )/, "It is a web server, not an MSB. Check host, port and path, and proxies between."],
  [
    /^(ECONNRESET|EPIPE|HPE_).* ws$/,
    "The server ended the connection before it answered. If the port speaks TLS, use https:// or wss:// in the URL.",
  ],
  [
    /^(ECONNRESET|EPIPE)/,
    "The server ended the connection before it answered. If it wants a client certificate, set tls.cert and tls.key to one that it knows.",
  ],
  [
    /^(ENOTFOUND|EAI_)/,
    "The host name cannot be resolved. Check its spelling, and the network of this computer.",
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/,
    "Nothing answers at this address. Check host and port, and firewalls and VPNs between.",
  ],
];

/**
 * What helps if no connection came about.
 * @param failure what failed and the scheme of the URL, such as `HTTP 404 wss`, `ECONNREFUSED ws` or `close 1006 ws`
 */
export function connectRemedy(failure: string, close: SocketClose): string {
  const remedy = REMEDIES.find(([pattern]) => pattern.test(failure))?.[1] ?? browserRemedy(failure);
  return typeof remedy === "string" ? remedy : remedy(close);
}

function wrongHost({ error }: SocketClose): string {
  const { cert } = error as { cert?: { subjectaltname?: string; subject?: { CN?: string } } };
  const names = (cert?.subjectaltname ?? cert?.subject?.CN ?? "another host")
    .split(", ")
    .map((name) => name.replace(/^(DNS|IP Address):/, ""));
  return (
    `The server's certificate is made for ${clip(names.join(", "))}. Use such a name in the URL or as tls.servername; ` +
    "hostnameVerification: false leaves this check out."
  );
}
