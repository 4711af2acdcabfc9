import "reflect-metadata";
import { createPrivateKey } from "node:crypto";
import {
  BasicConstraintsExtension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY = 24 * 60 * 60 * 1_000;

/** Certificate and key in PEM, as `node:https` and the client option `tls` take them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  /** The common name. */
  readonly name?: string;
  /** What it is made for. @default 127.0.0.1 and localhost */
  readonly hosts?: JsonGeneralNames;
  /** Its first and last moment, in days from now. @default yesterday, tomorrow */
  readonly validFromDays?: number;
  readonly validForDays?: number;
}

/** An authority that signs certificates: made for one test, trusted by nobody else. */
export interface Authority {
  readonly cert: string;
  issue(options?: CertificateOptions): Promise<Certificate>;
}

const HERE: JsonGeneralNames = [
  { type: "ip", value: "127.0.0.1" },
  { type: "dns", value: "localhost" },
];

export async function makeAuthority(name = "Test CA"): Promise<Authority> {
  const keys = await makeKeys();
  const cert = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: EC,
    ...period({}),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    cert: cert.toString("pem"),
    async issue(options = {}) {
      const own = await makeKeys();
      const issued = await X509CertificateGenerator.create({
        subject: `CN=${options.name ?? "test server"}`,
        issuer: cert.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: EC,
        ...period(options),
        extensions: [new SubjectAlternativeNameExtension(options.hosts ?? HERE)],
      });
      return { cert: issued.toString("pem"), key: await keyText(own) };
    },
  };
}

export async function makeSelfSigned(options: CertificateOptions = {}): Promise<Certificate> {
  const keys = await makeKeys();
  const cert = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${options.name ?? "test server"}`,
    keys,
    signingAlgorithm: EC,
    ...period(options),
    extensions: [new SubjectAlternativeNameExtension(options.hosts ?? HERE)],
  });
  return { cert: cert.toString("pem"), key: await keyText(keys) };
}

/** The same key, which only its passphrase opens. */
export function encryptKey(key: string, passphrase: string): string {
  const cipher = "aes-256-cbc";
  return String(createPrivateKey(key).export({ type: "pkcs8", format: "pem", cipher, passphrase }));
}

function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
}

async function keyText({ privateKey }: CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
}

function period({ validForDays = 1, validFromDays = Math.min(0, validForDays) - 1 }: CertificateOptions): {
  notBefore: Date;
  notAfter: Date;
} {
  const inDays = (days: number): Date => new Date(Date.now() + days * DAY);
  return { notBefore: inDays(validFromDays), notAfter: inDays(validForDays) };
}
