import { describe, expect, it } from "vitest";
import { MsbError } from "../../../src/index.ts";
import { connectError } from "../../../src/session/connection/connect-errors.ts";

const broken = { code: 1006, reason: "" };

function failed(error: Error & { code?: string }, url = "wss://msb.test") {
  return connectError(url, { ...broken, error });
}

function nodeError(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

describe("the remedy follows the code of the error", () => {
  it.each([
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "authority that this computer does not know"],
    ["UNABLE_TO_GET_ISSUER_CERT", "authority that this computer does not know"],
    ["CERT_REVOKED", "cannot be trusted"],
    ["INVALID_PURPOSE", "cannot be trusted"],
    ["ECONNREFUSED", "Check host and port, and that the MSB is running."],
    ["ENOTFOUND", "host name cannot be resolved"],
    ["EAI_AGAIN", "host name cannot be resolved"],
    ["ETIMEDOUT", "firewalls"],
    ["EHOSTUNREACH", "firewalls"],
    ["ECONNRESET", "tls.cert and tls.key"],
    ["ERR_OSSL_EVP_BAD_DECRYPT", "tls.passphrase does not open tls.key"],
    ["ERR_OSSL_X509_KEY_VALUES_MISMATCH", "do not belong together"],
    ["EWHATEVER", "Check host and port, and that the MSB is running."],
  ])("%s", (code, remedy) => {
    const error = failed(nodeError(code, `what ${code} means`));
    expect(error).toMatchObject({ code: "CONNECT_FAILED", remedy: expect.stringContaining(remedy) });
    expect(error.message).toBe(`Cannot connect to wss://msb.test (what ${code} means). ${error.remedy}`);
  });

  it("not a host name that looks like one", () => {
    const error = failed(nodeError("ENOTFOUND", "getaddrinfo ENOTFOUND ssl.cert_has_expired.test"));
    expect(error.remedy).toContain("host name cannot be resolved");
  });

  it.each([
    ["ssl/tls alert bad certificate", "tls.cert and tls.key"],
    ["tlsv1 alert unknown ca", "tls.cert and tls.key"],
    ["sslv3 alert certificate revoked", "tls.cert and tls.key"],
    ["packet length too long", "does not speak TLS"],
    ["tlsv1 alert protocol version", "TLS 1.2"],
    ["unsupported protocol", "TLS 1.2"],
  ])("OpenSSL's reason: %s", (reason, remedy) => {
    const text = `80F1:error:0A000412:SSL routines:ssl3_read_bytes:${reason}:../rec_layer_s3.c:1590:SSL alert number 1\n`;
    const error = failed(nodeError("ERR_SSL_X", text));
    expect(error.message).toContain(`(ERR_SSL_X: ${reason}). `);
    expect(error.remedy).toContain(remedy);
  });
});

describe("the remedy is found where the platform is not Node.js", () => {
  it.each([
    // Bun has BoringSSL.
    ["EPROTO", "SSLV3_ALERT_HANDSHAKE_FAILURE", "sslv3 alert handshake failure", "tls.cert and tls.key"],
    [
      "EPROTO",
      "TLSV1_ALERT_CERTIFICATE_REQUIRED",
      "tlsv1 alert certificate required",
      "tls.cert and tls.key",
    ],
    ["EPROTO", "TLSV1_ALERT_PROTOCOL_VERSION", "tlsv1 alert protocol version", "TLS 1.2"],
    ["EPROTO", "WRONG_VERSION_NUMBER", "wrong version number", "does not speak TLS"],
  ])("Bun: %s, %s", (code, reason, readable, remedy) => {
    const error = failed(nodeError(code, `error:10000410:SSL routines:OPENSSL_internal:${reason}`));
    expect(error.message).toContain(`(${code}: ${readable}). `);
    expect(error.remedy).toContain(remedy);
  });

  it("Bun: a key that cannot be used, of which it says nothing", () => {
    const url = "wss://127.0.0.1:8084/websocket/data/1/2/websocket";
    const error = failed(new Error(`WebSocket connection to '${url}' failed: Failed to connect`));
    expect(error.remedy).toMatch(/tls\.cert and tls\.key .*belong together.*tls\.passphrase/);
  });

  it.each([
    [new Error('Requires net access to "127.0.0.1:8085", run again with the --allow-net flag')],
    [nodeError("EPERM", "getaddrinfo EPERM localhost")],
  ])("Deno: a program that may not connect: %s", (error) => {
    expect(failed(error).remedy).toMatch(/^The program may not.*--allow-net/);
  });

  it.each([
    ["SSLV3_ALERT_HANDSHAKE_FAILURE", "received fatal alert: HandshakeFailure", "tls.cert and tls.key"],
    [
      "TLSV13_ALERT_CERTIFICATE_REQUIRED",
      "received fatal alert: CertificateRequired",
      "tls.cert and tls.key",
    ],
    ["TLSV1_ALERT_PROTOCOL_VERSION", "received fatal alert: ProtocolVersion", "TLS 1.2"],
    [
      "WRONG_VERSION_NUMBER",
      "received corrupt message of type InvalidContentType (SSL routines:ssl3_get_record:wrong version number)",
      "does not speak TLS",
    ],
  ])("Deno has OpenSSL's reason in the code alone: %s", (reason, text, remedy) => {
    const error = failed(nodeError(`ERR_SSL_${reason}`, text));
    expect(error.message).toContain(`(ERR_SSL_${reason}: ${reason.toLowerCase().replaceAll("_", " ")}). `);
    expect(error.remedy).toContain(remedy);
  });
});

describe("what is said about it", () => {
  it("names every address that was tried", () => {
    const [v6, v4] = ["connect ECONNREFUSED ::1:1", "connect ECONNREFUSED 127.0.0.1:1"];
    const error = Object.assign(new AggregateError([new Error(v6), new Error(v4)]), { code: "ECONNREFUSED" });
    expect(failed(error).message).toContain(`(${v6}, ${v4}). Check host and port`);
  });

  it("tells a close by the server from a connection that broke", () => {
    const server = connectError("ws://msb.test", { code: 1011, reason: "no room" });
    expect(server.message).toMatch(/\(close code 1011: no room\)\. .*closed it before IO_CONNECTED/);
    const nothing = connectError("ws://msb.test", broken);
    expect(nothing.message).toMatch(/\(close code 1006\)\. Check host and port.*browser's console/);
  });

  it("clips what came from the server", () => {
    expect(
      connectError("ws://msb.test", { code: 1011, reason: "x".repeat(10_000) }).message.length,
    ).toBeLessThan(500);
    const response = { status: 302, location: "y".repeat(10_000) };
    const moved = connectError("ws://msb.test", { ...broken, response, error: new Error("HTTP 302") });
    expect(moved.message.length).toBeLessThan(500);
  });

  it("keeps the remedy of an error of the library", () => {
    const own = new MsbError("INVALID_DEFINITION", "It is wrong.", { remedy: "Do it right." });
    expect(failed(own)).toMatchObject({
      message: expect.stringMatching(/It is wrong\. Do it right\.\)\.$/),
      cause: own,
    });
  });

  it("a certificate without alternative names is known by its common name", () => {
    const error = Object.assign(nodeError("ERR_TLS_CERT_ALTNAME_INVALID"), {
      cert: { subject: { CN: "old.test" } },
    });
    expect(failed(error).remedy).toContain("made for old.test.");
  });
});
