import { createSecureContext } from "node:tls";
import { beforeAll, describe, expect, it } from "vitest";
import { MsbClient, type TlsOptions } from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";
import {
  type Authority,
  type Certificate,
  type CertificateOptions,
  encryptKey,
  makeAuthority,
  makeSelfSigned,
} from "../support/servers/certificates.ts";
import { testHttpServer, testTlsServer } from "../support/servers/tls-server.ts";
import { testBroker, testClient } from "../support/setup.ts";

const OTHER_HOSTS: CertificateOptions["hosts"] = [
  { type: "dns", value: "msb.example" },
  { type: "dns", value: "*.msb.example" },
];

let authority: Authority;
let ca: string;
let good: Certificate;

beforeAll(async () => {
  authority = await makeAuthority();
  ca = authority.cert;
  good = await authority.issue();
});

interface Case {
  readonly server: string;
  readonly certificate: () => Promise<Certificate> | Certificate;
  /** What a client without the options that help is told. */
  readonly error: RegExp;
  readonly remedy: RegExp;
  readonly refusedWith: () => TlsOptions;
  readonly acceptedWith: () => TlsOptions;
}

const CASES: Case[] = [
  {
    server: "an authority that this computer does not know",
    certificate: () => good,
    error: /^Cannot connect to wss:\/\/127\.0\.0\.1:.* \(unable to verify the first certificate\)\. /,
    remedy: /signed by an authority that this computer does not know.*tls\.ca/,
    refusedWith: () => ({}),
    acceptedWith: () => ({ ca }),
  },
  {
    server: "an unknown authority, sent along",
    certificate: () => ({ ...good, cert: `${good.cert}\n${ca}` }),
    error: /\(self-signed certificate in certificate chain\)/,
    remedy: /signed by an authority that this computer does not know.*tls\.ca/,
    refusedWith: () => ({ checkHostname: false }),
    acceptedWith: () => ({ ca: [new TextEncoder().encode(ca)] }),
  },
  {
    server: "itself",
    certificate: () => makeSelfSigned(),
    error: /\(self-signed certificate\)/,
    remedy: /signed by itself.*tls\.ca/,
    refusedWith: () => ({ ca }),
    acceptedWith: () => ({ rejectUnauthorized: false }),
  },
  {
    server: "the right authority, for other hosts",
    certificate: () => authority.issue({ hosts: OTHER_HOSTS ?? [] }),
    error: /127\.0\.0\.1/,
    remedy: /made for msb\.example, \*\.msb\.example.*tls\.servername.*hostnameVerification: false/,
    refusedWith: () => ({ ca }),
    acceptedWith: () => ({ ca, checkHostname: false }),
  },
  {
    server: "the right authority, for other hosts (servername)",
    certificate: () => authority.issue({ hosts: OTHER_HOSTS ?? [] }),
    error: /other\.example/,
    remedy: /made for msb\.example/,
    refusedWith: () => ({ ca, servername: "other.example" }),
    acceptedWith: () => ({ ca, servername: "line1.msb.example" }),
  },
  {
    server: "the right authority, expired",
    certificate: () => authority.issue({ validForDays: -3 }),
    error: /\(certificate has expired\)/,
    remedy: /expired.*[Rr]enew it.*clock/,
    refusedWith: () => ({ ca, checkHostname: false }),
    acceptedWith: () => ({ ca, rejectUnauthorized: false }),
  },
  {
    server: "the right authority, not valid yet",
    certificate: () => authority.issue({ validFromDays: 2, validForDays: 3 }),
    error: /\(certificate is not yet valid\)/,
    remedy: /not valid yet.*clock/,
    refusedWith: () => ({ ca }),
    acceptedWith: () => ({ rejectUnauthorized: false }),
  },
];

describe.each(CASES)("a certificate signed by $server", (given) => {
  it("is refused, and the error says what is wrong with it and what helps", async () => {
    const broker = await testBroker({ tls: await given.certificate() });
    await expect(testClient({ tls: given.refusedWith() }).connect(broker.url)).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringMatching(given.error),
      remedy: expect.stringMatching(given.remedy),
    });
  });

  it("is accepted with the option that the error names", async () => {
    const broker = await testBroker({ tls: await given.certificate() });
    const client = testClient({ tls: given.acceptedWith() });
    await client.connect(broker.url);
    await client.register();
    expect(client.isRegistered()).toBe(true);
  });
});

describe("the host name", () => {
  const wrongHost = (): Promise<Certificate> => authority.issue({ hosts: OTHER_HOSTS ?? [] });

  it.each([
    ["hostnameVerification: false", () => testClient({ tls: { ca }, hostnameVerification: false })],
    [
      "disableHostnameVerification()",
      () => {
        const client = testClient({ tls: { ca } });
        client.disableHostnameVerification();
        return client;
      },
    ],
  ])("is not checked with %s", async (_name, make) => {
    const broker = await testBroker({ tls: await wrongHost() });
    await make().connect(broker.url);
  });

  it("alone is left out by it: the chain is checked all the same", async () => {
    const broker = await testBroker({ tls: await makeSelfSigned() });
    await expect(testClient({ hostnameVerification: false }).connect(broker.url)).rejects.toThrow(
      "self-signed certificate",
    );
  });

  it("follows tls.checkHostname where both are given", async () => {
    const broker = await testBroker({ tls: await wrongHost() });
    const strict = testClient({ tls: { ca, checkHostname: true }, hostnameVerification: false });
    await expect(strict.connect(broker.url)).rejects.toThrow("made for msb.example");
    const lax = testClient({ tls: { ca, checkHostname: false }, hostnameVerification: true });
    await lax.connect(broker.url);
  });
});

describe.each(["TLSv1.2", "TLSv1.3"] as const)(
  "a server that wants a client certificate, %s",
  (maxVersion) => {
    const start = (): Promise<string> =>
      testTlsServer({ ...good, ca, requestCert: true, rejectUnauthorized: true, maxVersion });
    const CLIENT_CERTIFICATE = /client certificate.*tls\.cert and tls\.key/;

    it("is told apart where there is none", async () => {
      await expect(testClient({ tls: { ca } }).connect(await start())).rejects.toMatchObject({
        code: "CONNECT_FAILED",
        message: expect.stringMatching(/alert (handshake failure|certificate required)\)\. /),
        remedy: expect.stringMatching(CLIENT_CERTIFICATE),
      });
    });

    it("is told apart where it does not know the authority", async () => {
      const foreign = await (await makeAuthority("Another CA")).issue();
      await expect(testClient({ tls: { ca, ...foreign } }).connect(await start())).rejects.toMatchObject({
        code: "CONNECT_FAILED",
        remedy: expect.stringMatching(CLIENT_CERTIFICATE),
      });
    });

    it("lets in who has one, its key encrypted or not", async () => {
      const url = await start();
      const { cert, key } = await authority.issue({ name: "Press 7" });
      const encrypted = encryptKey(key, "secret");
      await testClient({ tls: { ca, cert, key } }).connect(url);
      await testClient({ tls: { ca, cert, key: encrypted, passphrase: "secret" } }).connect(url);
      await expect(testClient({ tls: { ca, cert, key: good.key } }).connect(url)).rejects.toMatchObject({
        code: "CONNECT_FAILED",
        remedy: expect.stringContaining("belong together"),
      });
    });

    it.each([
      ["does not decrypt the key", true],
      ["decrypts it to noise, as some do", false],
    ])("names the passphrase if it %s", async (_, refused) => {
      const { cert, key } = await authority.issue({ name: "Press 7" });
      const encrypted = encryptKey(key, "secret");
      const passphrase = wrongPassphrase(encrypted, refused);
      await expect(
        testClient({ tls: { ca, cert, key: encrypted, passphrase } }).connect(await start()),
      ).rejects.toMatchObject({ code: "CONNECT_FAILED", remedy: expect.stringContaining("tls.passphrase") });
    });
  },
);

/** OpenSSL knows a wrong passphrase by the padding behind the key, which comes out right by chance in 1 of some 200. */
function wrongPassphrase(key: string, refused: boolean): string {
  for (let tries = 0; ; tries++) {
    const passphrase = `wrong ${tries}`;
    try {
      createSecureContext({ key, passphrase });
    } catch (error) {
      if (/bad decrypt/.test(String(error)) === refused) {
        return passphrase;
      }
    }
  }
}

describe("what is not an MSB on that port", () => {
  it("https against an http port", async () => {
    const broker = await testBroker();
    const client = testClient();
    await expect(client.connect(broker.url.replace("http:", "https:"))).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringMatching(/\(EPROTO: wrong version number\)\. /),
      remedy: expect.stringMatching(/does not speak TLS.*http:\/\//),
    });
  });

  it("http against an https port", async () => {
    const broker = await testBroker({ tls: good });
    await expect(testClient().connect(broker.url.replace("https:", "http:"))).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      remedy: expect.stringMatching(/speaks TLS.*https:\/\//),
    });
  });

  it("a path of the broker that is none", async () => {
    const broker = await testBroker();
    await expect(testClient().connect(`${broker.url}/elsewhere`)).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringContaining("(the server answered HTTP 404 Not Found). "),
      remedy: expect.stringMatching(/path/),
    });
  });

  it.each([
    ["403 Forbidden", /Origin.*--allow-origin/],
    ["401 Unauthorized", /credentials.*nodeSocket/],
    ["407 Proxy Authentication Required", /proxy/],
    ["400 Bad Request", /tls\.cert and tls\.key/],
    ["503 Service Unavailable", /MSB behind it/],
    ["200 OK", /web server/],
    ["302 Found", /Use https:\/\/msb\.example\/new\./],
  ])("HTTP %s", async (statusLine, remedy) => {
    const url = await testHttpServer(statusLine, "Location: https://msb.example/new");
    await expect(testClient().connect(url)).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringContaining(`(the server answered HTTP ${statusLine}). `),
      remedy: expect.stringMatching(remedy),
    });
  });
});

describe("tls.rejectUnauthorized: false", () => {
  it("is logged once for a client, however often it dials", async () => {
    const broker = await testBroker({ tls: await makeSelfSigned() });
    const warnings: string[] = [];
    const logger = { debug() {}, info() {}, warn: (text: string) => void warnings.push(text), error() {} };
    const client = testClient({ tls: { rejectUnauthorized: false }, logger, logLevel: "warn" });
    for (let dial = 0; dial < 3; dial++) {
      await client.connect(broker.url);
      await client.disconnect();
    }
    expect(warnings).toEqual([expect.stringMatching(/tls\.rejectUnauthorized.*any certificate/)]);
  });

  it("is never logged otherwise", async () => {
    const warnings: string[] = [];
    const logger = { debug() {}, info() {}, warn: (text: string) => void warnings.push(text), error() {} };
    testClient({
      tls: { ca, rejectUnauthorized: true },
      hostnameVerification: false,
      logger,
      logLevel: "warn",
    });
    expect(warnings).toEqual([]);
  });
});

it("tells everything that is wrong with the options at once, and no secret", () => {
  const tls = {
    ca: "/etc/ssl/ca.pem",
    cert: "-----BEGIN CERTIFICATE-----",
    passphrase: 7,
    checkHostname: "no",
    rejectUnauthorized: 0,
    servername: "",
    pfx: "x",
  };
  expect(() => new MsbClient({ ...identity(), reconnectInterval: 1, tls: tls as never })).toThrow(
    expect.objectContaining({
      code: "INVALID_DEFINITION",
      issues: expect.arrayContaining([
        { path: "reconnectInterval", message: expect.any(String) },
        { path: "tls.ca", message: expect.stringMatching(/^must be PEM.*readFileSync/) },
        { path: "tls.passphrase", message: "must be a string" },
        { path: "tls.checkHostname", message: 'must be true or false, not "no"' },
        { path: "tls.rejectUnauthorized", message: "must be true or false, not 0" },
        { path: "tls.servername", message: "must not be empty" },
        { path: "tls.pfx", message: "is not known here" },
        { path: "tls.key", message: "is missing: cert and key go together" },
      ]),
    }),
  );
  const secret = { ...identity(), tls: { key: "my secret", cert: good.cert } };
  expect(() => new MsbClient(secret)).toThrow(/^(?!.*my secret).*tls\.key: must be PEM/);
  for (const tls of ["my secret", Buffer.from("my secret")]) {
    expect(() => new MsbClient({ ...identity(), tls: tls as never })).toThrow(
      "tls: must be an object, such as { ca }: a certificate or key alone does not say which it is",
    );
  }
  expect(() => new MsbClient({ ...identity(), tls: 5 as never })).toThrow("tls: must be an object, not 5");
});
