import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type BrokerOptions, startBroker } from "../../../src/broker/index.ts";
import { TokenGuesses } from "../../../src/broker/rest/access/token-guesses.ts";
import { FakeClock } from "../../../src/testing/fake-clock.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { CERTIFICATE, KEY } from "../../support/broker/fixtures/certificate.ts";
import { rawRequest } from "../../support/broker/raw-http.ts";
import { ask } from "../../support/broker/rest.ts";

const TOKEN = "s3cret-token";
const PAGE = { Accept: "text/html,*/*;q=0.8", "User-Agent": "Mozilla/5.0" };
const FORM = { ...PAGE, "Content-Type": "application/x-www-form-urlencoded" };

describe("the tokens of services", () => {
  const gateway = describeService("g", {
    "@class": "Gateway",
    token: 'tok\\"en-of-g',
    services: [describeService("inner", { token: "token-of-inner" })],
  });

  /** All that a broker shows, and has recorded, of what was registered. */
  async function shown(options: BrokerOptions) {
    const folder = await mkdtemp(join(tmpdir(), "msb-broker-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const log: unknown[] = [];
    await using broker = await startBroker({ ...options, log: (entry) => log.push(entry) });
    const stop = await broker.record(join(folder, "messages.jsonl"));
    const client = await BareClient.connect(broker.url, "raw");
    client.send(
      'REGISTER {"token":"token-of-nobody"}',
      'R {"token":"token-without-end',
      `R {"\\u0074oken" : "token-escaped", "a": 1}`,
    );
    await client.expect("NIO_UNEXPECTED_REGISTRATION_ERROR", "NIO_REGISTRATION_ERROR");
    await client.register(gateway);
    const event = eventMessage("g", { dataObject: '"token":"of the event"' });
    await client.ask(event.replace('"priority"', '"token":"of-the-event","priority"'));
    const recorded = await stop();
    const paths = ["/broker/messages", "/broker/state", "/broker/services/g", "/service/g", "/service/inner"];
    const answers = await Promise.all(paths.map((path) => ask(broker.url, "GET", path)));
    const stream = await fetch(`${broker.url}/broker/trace?backlog=100`);
    const reader = stream.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    const found = await ask(broker.url, "GET", "/broker/messages?contains=token-of-g");
    return {
      recorded,
      found: found.body.entries.length,
      records: await readFile(join(folder, "messages.jsonl"), "utf8"),
      trace: JSON.stringify(answers[0]?.body),
      all: [
        JSON.stringify(answers.map(({ body }) => body)),
        new TextDecoder().decode(first?.value),
        JSON.stringify(log),
      ].join("\n"),
    };
  }

  test("are in no trace, state, log or recording", async () => {
    const { recorded, found, records, trace, all } = await shown({});
    for (const text of [records, all]) {
      expect(text).not.toMatch(/token-of-(g|inner|nobody)|tok.{0,6}en-of|token-without-end|token-escaped/);
    }
    expect(records.match(/\\"token\\":\\"•••\\"/g)).toHaveLength(4);
    expect(trace).toContain('\\"token\\":\\"•••\\"');
    // What an event carries is its own.
    expect(records).toContain("of-the-event");
    expect(recorded).toBe(10);
    expect(found).toBe(0);
  });

  test("are there with showTokens, but for the self-descriptions of REST", async () => {
    const { records, trace, found } = await shown({ showTokens: true });
    expect(records).toContain("token-of-inner");
    expect(trace).toContain("token-of-nobody");
    expect(found).toBe(0);
  });
});

describe("the broker's token", () => {
  test("may be the password of Basic credentials", async () => {
    await using broker = await startBroker({ token: TOKEN });
    const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    const status = async (headers: Record<string, string>) =>
      (await ask(broker.url, "GET", "/broker/state", undefined, headers)).status;
    expect(await status(basic(`user:${TOKEN}`))).toBe(200);
    expect(await status(basic(`:${TOKEN}`))).toBe(200);
    expect(await status(basic(`${TOKEN}:`))).toBe(401);
    expect(await status(basic("user:wrong"))).toBe(401);
    // Programs that send them only when asked; a browser would open a window of its own.
    expect((await rawRequest(broker.url, "/broker/state")).headers["www-authenticate"]).toMatch(
      /Basic realm=/,
    );
    expect((await rawRequest(broker.url, "/broker/state", PAGE)).headers["www-authenticate"]).toBe("Bearer");
  });

  test("is asked for by a page, which says when it is wrong, and leads on", async () => {
    await using broker = await startBroker({ token: TOKEN });
    const first = await rawRequest(broker.url, "/", PAGE);
    expect([first.status, first.headers["content-type"]]).toEqual([401, "text/html; charset=utf-8"]);
    expect(first.text).toContain('<input name="token"');
    expect(first.text).not.toContain("Wrong token");
    expect(first.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    const wrong = await rawRequest(broker.url, "/?token=wrong", PAGE);
    expect([wrong.status, wrong.text]).toEqual([401, expect.stringContaining("Wrong token.")]);
    const post = (token: string, headers = {}) =>
      rawRequest(
        broker.url,
        "/?x=1&token=wrong",
        { ...FORM, ...headers },
        { method: "POST", body: `token=${token}` },
      );
    expect((await post("no")).text).toContain("Wrong token.");
    expect((await post(TOKEN, { Origin: "https://evil.example" })).status).toBe(403);
    const right = await post(TOKEN);
    expect([right.status, right.headers.location]).toEqual([303, "/?x=1"]);
    const [cookie = ""] = right.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^msb_broker_\d+=s3cret-token; Path=\/; HttpOnly; SameSite=Strict$/);
    const page = await rawRequest(broker.url, "/", { ...PAGE, Cookie: cookie.split(";")[0] ?? "" });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('id="console"')]);
    const json = await ask(broker.url, "GET", "/?token=wrong");
    expect([json.status, json.body.error]).toEqual([
      401,
      expect.stringMatching(/^Wrong token\. The broker's token/),
    ]);
  });

  test("is in a cookie that leaves by https only, under https", async () => {
    await using broker = await startBroker({ token: TOKEN, tls: { cert: CERTIFICATE, key: KEY } });
    const { headers } = await rawRequest(broker.url, `/broker/state?token=${TOKEN}`);
    expect(headers["set-cookie"]?.[0]).toMatch(/; Secure/);
  });

  test("cannot be guessed fast, not even if the right one comes by", async () => {
    await using broker = await startBroker({ token: TOKEN });
    const status = async (token: string) => (await ask(broker.url, "GET", `/info?token=${token}`)).status;
    // The same wrong one, as a page with an old cookie brings it, is no guess.
    for (const token of ["a", "a", "a", "a", "a", "a", "b", "c", "d"]) {
      expect(await status(token)).toBe(401);
    }
    expect(await status(TOKEN)).toBe(200);
    // It does not make up for the wrong ones: somebody else at this address may have brought it.
    expect(await status("e")).toBe(401);
    const { status: code, headers, body } = await ask(broker.url, "GET", `/info?token=${TOKEN}`);
    expect([code, headers.get("retry-after"), body.error]).toEqual([
      429,
      "1",
      expect.stringContaining("Try again in 1 s"),
    ]);
    expect((await rawRequest(broker.url, "/?token=f", PAGE)).text).toContain("Too many wrong tokens");
    // Who brings none does not guess.
    expect((await ask(broker.url, "GET", "/info")).status).toBe(401);
  });
});

describe("guesses", () => {
  test("wait twice as long each, up to a minute, and are forgotten after ten", async () => {
    const clock = new FakeClock();
    const guesses = new TokenGuesses(() => clock.now());
    const waits: number[] = [];
    for (let guess = 0; guess < 14; guess += 1) {
      await clock.advance(guesses.wait("1.2.3.4"));
      guesses.wrong("1.2.3.4", `${guess}`);
      waits.push(guesses.wait("1.2.3.4") / 1_000);
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
    expect(guesses.wait("1.2.3.5")).toBe(0);
    await clock.advance(600_001);
    guesses.wrong("1.2.3.4", "again");
    expect(guesses.wait("1.2.3.4")).toBe(0);
  });

  test("of one IPv6 network are one guesser's", () => {
    const guesses = new TokenGuesses(() => 0);
    for (const [index, address] of [
      "2001:db8::1",
      "2001:db8::2",
      "2001:db8:0:0:9::",
      "2001:db8::a:1",
      "2001:db8::b",
    ].entries()) {
      guesses.wrong(address, `${index}`);
    }
    expect([guesses.wait("2001:db8::c"), guesses.wait("2001:db8:0:1::1"), guesses.wait("::1")]).toEqual([
      1_000, 0, 0,
    ]);
  });

  test("take little memory, from however many addresses they come", () => {
    const guesses = new TokenGuesses(() => 0);
    for (let address = 0; address < 100_000; address += 1) {
      guesses.wrong(`10.0.${address >> 8}.${address & 255}`, `${address}`);
    }
    expect(guesses.size).toBe(1_000);
  });
});
