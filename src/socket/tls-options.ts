/** PEM: its characters, or the bytes of the file, as `readFileSync` gives them. */
export type Pem = string | Uint8Array;

/** TLS as `node:tls` takes it, for https:// and wss:// URLs. Node only: browsers use what the system and the user set. */
export interface TlsOptions {
  /** Certificates of the authorities to trust *instead of* those that Node knows; for a private CA. */
  ca?: Pem | readonly Pem[];
  /** The client's certificate, with the intermediate ones after it, if the server wants one; needs `key`. */
  cert?: Pem;
  /** The private key of `cert`. */
  key?: Pem;
  /** Opens an encrypted `key`. */
  passphrase?: string;
  /** The host name to ask for (SNI), for which the certificate must be issued. @default the host of the URL */
  servername?: string;
  /**
   * `false` accepts a certificate that was issued for another host; the chain is still checked. It takes precedence over the client
   * option `hostnameVerification`, which does the same. @default what `hostnameVerification` says
   */
  checkHostname?: boolean;
  /**
   * `false` accepts any certificate, so that anybody on the way can read and change everything: for tests only. A
   * warning is logged. @default true
   */
  rejectUnauthorized?: boolean;
}
