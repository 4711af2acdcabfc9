import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { runOk } from "../support/package/program.ts";
import { encryptKey, makeAuthority, makeSelfSigned } from "../support/servers/certificates.ts";
import type { Check, RuntimeContext } from "./case.ts";
import type { Command } from "./server-program.ts";

/** A server that does not let the client in, the client's option `tls`, and what the error has to say. */
interface Refusal {
  readonly server: ServerOptions | string;
  readonly tls?: object;
  readonly remedy: RegExp;
}

/**
 * Connects to servers with other certificates, and to some that want one. The error has to say what helps.
 * @param others what this runtime does not tell apart, and what the error says instead
 */
export async function checkTlsErrors(
  context: RuntimeContext,
  { command, args = [] }: Command,
  others: Readonly<Record<string, RegExp>> = {},
): Promise<Check> {
  const refusals = await makeRefusals(context);
  await using servers = new Servers();
  const addresses: Record<string, object> = {};
  for (const [name, { server, tls }] of Object.entries(refusals)) {
    addresses[name] = { url: typeof server === "string" ? server : await servers.start(server), tls };
  }
  const cwd = await context.copy("programs");
  const parameters = JSON.stringify({ servers: addresses, ca: context.ca });
  const output = await runOk(command, [...args, "tls-errors.mjs", parameters], { cwd });
  const told = JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, string>;
  const wrong = Object.entries(refusals).filter(
    ([name, { remedy }]) => !(others[name] ?? remedy).test(told[name] ?? "nothing"),
  );
  return {
    name: "TLS errors say what helps",
    passed: wrong.length === 0,
    detail: wrong.map(([name]) => `${name}: ${told[name]}`).join("\n"),
    limit: Object.keys(others).length === 0 ? undefined : "most",
  };
}

async function makeRefusals({ authority, http }: RuntimeContext): Promise<Record<string, Refusal>> {
  const good = await authority.issue();
  const own = await authority.issue({ name: "Press 7" });
  const encrypted = encryptKey(own.key, "secret");
  const strict = { ...good, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  const clientCertificate = /client certificate.*tls\.cert and tls\.key/;
  return {
    "unknown authority": { server: await (await makeAuthority("Another")).issue(), remedy: /set tls\.ca/ },
    "self-signed": { server: await makeSelfSigned(), remedy: /signed by itself: set tls\.ca/ },
    "another host": {
      server: await authority.issue({ hosts: [{ type: "dns", value: "msb.example" }] }),
      remedy: /made for (msb\.example|another host).*tls\.servername/,
    },
    expired: { server: await authority.issue({ validForDays: -3 }), remedy: /has expired/ },
    "not valid yet": {
      server: await authority.issue({ validFromDays: 2, validForDays: 3 }),
      remedy: /not valid yet/,
    },
    "client certificate missing": { server: strict, remedy: clientCertificate },
    "client certificate missing, TLS 1.2": {
      server: { ...strict, maxVersion: "TLSv1.2" },
      remedy: clientCertificate,
    },
    "wrong passphrase": {
      server: strict,
      tls: { cert: own.cert, key: encrypted, passphrase: "wrong" },
      remedy: /tls\.passphrase/,
    },
    "key of another certificate": {
      server: strict,
      tls: { cert: own.cert, key: good.key },
      remedy: /belong together/,
    },
    "port without TLS": { server: http.replace("http:", "https:"), remedy: /does not speak TLS/ },
    "certificate accepted": { server: strict, tls: { cert: own.cert, key: own.key }, remedy: /^connected$/ },
    "encrypted key accepted": {
      server: strict,
      tls: { cert: own.cert, key: encrypted, passphrase: "secret" },
      remedy: /^connected$/,
    },
    "another host accepted": {
      server: await authority.issue({ hosts: [{ type: "dns", value: "msb.example" }] }),
      tls: { checkHostname: false },
      remedy: /^connected$/,
    },
    "any certificate accepted": {
      server: await makeSelfSigned(),
      tls: { rejectUnauthorized: false },
      remedy: /^connected$/,
    },
  };
}

/** Servers that say IO_CONNECTED to everybody who gets through. */
class Servers implements AsyncDisposable {
  readonly #servers: Server[] = [];

  async start(options: ServerOptions): Promise<string> {
    const server = createServer(options);
    new WebSocketServer({ server }).on("connection", (socket) => {
      socket.send("o");
      socket.send('a["IO_CONNECTED"]');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#servers.push(server);
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}
