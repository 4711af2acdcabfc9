// The command line of `npm run demo`.
import { hostname, networkInterfaces } from "node:os";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { type Answer, readOptions } from "../../demo/options.ts";
import { Demo } from "../support/demo/demo.ts";
import { collectMeasurements } from "../support/demo/measurements.ts";
import { ROOT } from "../support/package/package.ts";
import { run } from "../support/package/program.ts";

vi.setConfig({ testTimeout: 120_000 });

const PORTS = { MSB_PORT: "0", PAGE_PORT: "0" };

test("by itself it is for this computer only, on the usual ports", () => {
  const expected = { host: undefined, brokerPort: 8085, pagePort: 8080 };
  expect(readOptions([], {})).toEqual(expected);
  expect(readOptions([], { MSB_PORT: "", PAGE_PORT: "" })).toEqual(expected);
});

test.each([
  [["--host"], "0.0.0.0"],
  [["--host", "192.168.1.20"], "192.168.1.20"],
  [["--host=192.168.1.20"], "192.168.1.20"],
])("%j listens on %s", (args, host) => {
  const env = { MSB_PORT: "0", PAGE_PORT: "9000" };
  expect(readOptions(args, env)).toEqual({ host, brokerPort: 0, pagePort: 9000 });
});

test("the help names every option", () => {
  const { text } = readOptions(["-h"], {}) as Answer;
  expect(readOptions(["--host", "--help"], {})).toEqual({ text, isError: false });
  for (const each of ["--host [ADDRESS]", "-h, --help", "MSB_PORT", "PAGE_PORT"]) {
    expect(text).toContain(each);
  }
});

test.each([
  [["--hots"], {}, "demo: Unknown option '--hots': did you mean --host?\nTry: npm run demo -- --help"],
  [["now"], {}, expect.stringContaining("Unexpected argument 'now'")],
  [["--host", "a", "b"], {}, expect.stringContaining("Unexpected argument 'b'")],
  [[], { MSB_PORT: "many" }, 'demo: MSB_PORT must be a whole number from 0 to 65535, not "many"'],
  [[], { PAGE_PORT: "70000" }, 'demo: PAGE_PORT must be a whole number from 0 to 65535, not "70000"'],
])("%j %j is refused, with what is wrong", (args, env, text) => {
  expect(readOptions(args, env)).toEqual({ text, isError: true });
});

test("what is refused is said in one line, and is an error", async () => {
  const start = (...args: string[]) =>
    run(process.execPath, ["--import", "tsx", "demo/start.ts", ...args], { cwd: ROOT, env: PORTS });
  const [unknown, elsewhere] = await Promise.all([start("now"), start("--host", "203.0.113.7")]);
  expect(unknown).toMatchObject({ code: 2, output: expect.stringMatching(/^demo: .*\n.*--help\n$/) });
  expect(elsewhere).toMatchObject({ code: 1, output: expect.stringMatching(/^demo: .*203\.0\.113\.7.*\n$/) });
});

const [networkAddress] = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ family, internal }) => family === "IPv4" && !internal)
  .map(({ address }) => address);

test("--host lets the network in: the page at its address with a QR code, and the broker with a token", async () => {
  expect(networkAddress, "It needs a network").toBeDefined();
  await using open = await Demo.start(["--host"]);
  const [, url = ""] = await open.program.written(/From other machines of your network: (\S+)/);
  expect(url).toBe(`http://${networkAddress}:${new URL(open.url).port}/`);
  await open.program.written(/[█▀▄ ]{20}\n(.*[█▀▄ ]{20}\n){8}/);

  const session = (await (await fetch(`${url}session`)).json()) as Awaited<ReturnType<Demo["session"]>>;
  expect(session.networkUrls).toContain(url);
  expect(session.qrCode).toMatch(/^<svg .*<\/svg>/s);
  expect(session.msbUrl).toMatch(`http://${networkAddress}:`);
  // Asked for from this computer: with the token of the console.
  expect(session.consoleUrl).toMatch(/\?token=[0-9a-f]{32}$/);
  expect((await fetch(session.consoleUrl)).status).toBe(200);
  expect((await fetch(new URL("/broker/state", session.consoleUrl).origin)).status).toBe(401);

  expect(await opensWebSocket(session.msbUrl, new URL(url).origin)).toBe(true);
  expect(await opensWebSocket(session.msbUrl, `http://${hostname()}:${new URL(url).port}`)).toBe(true);
  expect(await opensWebSocket(session.msbUrl, "http://evil.example")).toBe(false);
  await using watcher = await collectMeasurements(session.msbUrl);
  await expect.poll(() => watcher.byNumber.size).toBeGreaterThan(2);
});

function opensWebSocket(msbUrl: string, origin: string): Promise<boolean> {
  const socket = new WebSocket(`${msbUrl.replace("http", "ws")}/websocket/data/websocket`, { origin });
  return new Promise((resolve) => {
    socket.once("open", () => {
      socket.terminate();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
