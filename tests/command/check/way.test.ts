import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startBroker } from "../../../src/broker/index.ts";
import { finding, named, report } from "../../support/command/run-check.ts";
import { type Certificate, makeAuthority, makeSelfSigned } from "../../support/servers/certificates.ts";
import { testTlsServer } from "../../support/servers/tls-server.ts";

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function tlsBroker({ cert, key }: Certificate): Promise<string> {
  const broker = await startBroker({ tls: { cert, key } });
  onTestFinished(() => broker.close());
  return broker.url;
}

async function file(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "msb-check-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "ca.pem"), content);
  return join(folder, "ca.pem");
}

describe("where nothing can be found out", () => {
  test("nothing listens", async () => {
    const found = await report(`http://127.0.0.1:${await closedPort()}`);
    expect(named(found, "problem")).toEqual(["Network: port"]);
    expect(finding(found, "Network", "port")).toMatchObject({
      found: expect.stringMatching(/ECONNREFUSED/),
      remedy: "Check host and port, and that the MSB is running.",
    });
    expect(found.probes.filter(({ isLeftOut }) => isLeftOut)).toHaveLength(found.probes.length - 1);
    expect([found.code, found.left]).toEqual([1, []]);
    expect(found.milliseconds).toBeLessThan(5_000);
  });

  test("there is no such host", async () => {
    const found = await report("https://nobody.invalid:8084");
    expect(named(found, "problem")).toEqual(["Network: host name"]);
    expect(finding(found, "Network", "host name")).toMatchObject({
      found: expect.stringMatching(/nobody\.invalid.*(ENOTFOUND|EAI_AGAIN)|no name server/),
    });
  });

  test("a web server that is no MSB", async () => {
    const server = createHttpServer((_request, response) => response.writeHead(404).end("<html>"));
    const found = await report(`http://127.0.0.1:${await listen(server)}`);
    expect(named(found, "problem")).toEqual(["Interface: SockJS framing", "Interface: raw framing"]);
    expect(finding(found, "Interface", "SockJS info")).toMatchObject({
      status: "note",
      found: "GET /websocket/data/info is HTTP 404",
    });
    expect(finding(found, "Interface", "SockJS framing")).toMatchObject({
      found: expect.stringMatching(/HTTP 404/),
      remedy: expect.stringMatching(/Check the path of the URL/),
    });
    expect(finding(found, "Registration").found).toBe("needs a connection");
  });

  test("another server, which never says anything", async () => {
    const server = createServer((socket) => socket.on("error", () => {}));
    const found = await report(`http://127.0.0.1:${await listen(server)}`, "--timeout", "0.5");
    expect(finding(found, "Interface", "SockJS framing").found).toMatch(/500 ms/);
    expect(finding(found, "Interface", "SockJS info").found).toMatch(/no answer within 0.5 s/);
    expect(found.milliseconds).toBeLessThan(6_000);
    expect(found.code).toBe(1);
  });
});

describe("TLS", () => {
  test("an authority of one's own: unknown without --ca, and then nothing else is tried", async () => {
    const authority = await makeAuthority("Plant CA");
    const url = await tlsBroker(await authority.issue({ name: "msb.plant" }));
    const found = await report(url, "--quick");
    expect(named(found, "problem")).toEqual(["TLS: certificate"]);
    expect(finding(found, "TLS", "certificate")).toMatchObject({
      found: expect.stringMatching(/^msb\.plant: .*UNABLE_TO_VERIFY_LEAF_SIGNATURE/),
      remedy: expect.stringMatching(/set tls\.ca.*--ca FILE/),
    });
    expect(finding(found, "Interface").found).toBe("needs a certificate that can be trusted");
    const trusting = await report(url, "--quick", "--ca", await file(authority.cert));
    expect(named(trusting, "problem")).toEqual([]);
    expect(finding(trusting, "TLS", "certificate").found).toMatch(/^msb\.plant( ← Plant CA)?: trusted$/);
    expect(finding(trusting, "TLS", "TLS").found).toMatch(/^TLSv1\.3, /);
    expect(finding(trusting, "TLS", "validity")).toMatchObject({
      status: "note",
      remedy: "Renew the certificate in time.",
    });
  });

  test("a certificate that is made for another host", async () => {
    const authority = await makeAuthority();
    const url = await tlsBroker(await authority.issue({ hosts: [{ type: "dns", value: "msb.plant" }] }));
    const found = await report(url, "--quick", "--ca", await file(authority.cert));
    expect(finding(found, "TLS", "certificate")).toMatchObject({
      status: "problem",
      remedy: expect.stringContaining("made for msb.plant"),
    });
  });

  test("a certificate that has ended", async () => {
    const authority = await makeAuthority();
    const url = await tlsBroker(await authority.issue({ validForDays: -3 }));
    const found = await report(url, "--quick", "--ca", await file(authority.cert));
    expect(finding(found, "TLS", "certificate")).toMatchObject({
      status: "problem",
      found: expect.stringContaining("CERT_HAS_EXPIRED"),
      remedy: expect.stringContaining("Renew it on the server"),
    });
    expect(finding(found, "TLS", "validity").found).toMatch(/^ended on \d{4}-/);
  });

  test("with --insecure it goes on, and says so", async () => {
    const url = await tlsBroker(await makeSelfSigned());
    const found = await report(url, "--quick", "--insecure");
    expect(finding(found, "TLS", "certificate")).toMatchObject({
      status: "note",
      found: expect.stringMatching(/DEPTH_ZERO_SELF_SIGNED_CERT.*Taken because of --insecure\.$/),
    });
    expect([finding(found, "Registration", "registration").status, found.code]).toEqual(["ok", 0]);
  });

  test("a server that wants a client certificate", async () => {
    const authority = await makeAuthority();
    const server = await authority.issue();
    const { cert, key } = await authority.issue({ name: "client" });
    const url = await testTlsServer({
      ...server,
      ca: authority.cert,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const ca = ["--quick", "--ca", await file(authority.cert)];
    const without = await report(url, ...ca);
    expect(finding(without, "Interface", "SockJS framing")).toMatchObject({
      status: "problem",
      remedy: expect.stringContaining("wants a client certificate"),
    });
    const found = await report(
      url,
      ...ca,
      "--timeout",
      "1",
      "--cert",
      await file(cert),
      "--key",
      await file(key),
    );
    // It says IO_CONNECTED, and nothing else.
    expect(finding(found, "Interface", "SockJS framing").status).toBe("ok");
    expect(named(found, "problem")).toEqual(["Registration: registration"]);
  });

  test("https:// to a port that does not speak it, and the other way round", async () => {
    await using plain = await startBroker();
    const found = await report(plain.url.replace("http", "https"), "--quick");
    expect(finding(found, "TLS", "TLS")).toMatchObject({
      status: "problem",
      remedy: expect.stringContaining("The port does not speak TLS"),
    });
    const tls = await tlsBroker(await makeSelfSigned());
    const other = await report(tls.replace("https", "http"), "--quick");
    expect(finding(other, "Interface", "SockJS framing")).toMatchObject({
      status: "problem",
      remedy: expect.stringContaining("If the port speaks TLS, use https://"),
    });
  });
});
