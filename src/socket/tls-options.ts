/** PEM: its characters, or the bytes of the file, as `readFileSync` gives them. */
type Pem = string | Uint8Array;

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
  /** The host name that is asked for (SNI), and that the certificate must be made for. @default the host of the URL */
  servername?: string;
  /**
   * `false` takes a certificate that is made for another host; the chain is still checked. It goes before the client option
   * `hostnameVerification`, which is the same thing. @default what `hostnameVerification` says
   */
  checkHostname?: boolean;
  /**
   * `false` accepts any certificate, so that anybody on the way can read and change everything: for tests only. A
   * warning is logged. @default true
   */
  rejectUnauthorized?: boolean;
}
