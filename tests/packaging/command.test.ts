import { once } from "node:events";
import { expect, inject, test } from "vitest";
import { WebSocket } from "ws";
import { Program, run } from "../support/package/program.ts";

const npx = ["--no-install", "msb-broker"];

test.each([
  ["msb-broker", npx],
  ["msb-client-websocket broker", ["--no-install", "msb-client-websocket", "broker"]],
])("npx %s --help says how to use it", async (_name, args) => {
  const { code, output } = await run("npx", [...args, "--help"], { cwd: inject("consumer") });
  expect(output).toMatch(/^Usage: msb-broker \[options\]/);
  expect(code).toBe(0);
});

test("msb-broker --version says the package's version", async () => {
  const { output } = await run("node_modules/.bin/msb-broker", ["--version"], { cwd: inject("consumer") });
  expect(output).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

test.each([
  ["msb-broker", "node_modules/.bin/msb-broker", [], [0]],
  // npm waits for the broker, and then ends by the signal that it got itself.
  ["npx msb-broker", "npx", npx, [0, "SIGINT", 130]],
])("%s starts a broker, and Ctrl+C stops it in order", async (_name, command, args, exits) => {
  await using program = new Program(command, [...args, "--port", "0"], {
    cwd: inject("consumer"),
    group: true,
  });
  const [, url = ""] = await program.written(/Connect clients to (http:\/\/127\.0\.0\.1:\d+)/);
  const client = new WebSocket(`${url}/websocket/data/websocket`);
  const closed = once(client, "close");
  const [message] = await once(client, "message");
  expect(String(message)).toBe("IO_CONNECTED");
  program.signal("SIGINT");
  expect(exits).toContain(await program.exit);
  const [code, reason] = await closed;
  expect([code, String(reason)]).toEqual([3000, "The broker was closed"]);
});

test("the packed broker has its console inside", async () => {
  await using program = new Program("node_modules/.bin/msb-broker", ["--port", "0"], {
    cwd: inject("consumer"),
  });
  const [, url = ""] = await program.written(/Connect clients to (http:\/\/127\.0\.0\.1:\d+)/);
  const page = await (await fetch(`${url}/`)).text();
  const files = [...page.matchAll(/(?:src|href)="([\w.]+\.(?:js|css))"/g)].map(([, file]) => file);
  expect(files).toHaveLength(2);
  for (const file of files) {
    const response = await fetch(`${url}/${file}`);
    expect([response.status, (await response.text()).length > 1_000]).toEqual([200, true]);
  }
});

test("npx msb-client-websocket check looks at the packed broker, and finds nothing wrong", async () => {
  const cwd = inject("consumer");
  await using program = new Program("node_modules/.bin/msb-broker", ["--port", "0"], { cwd });
  const [, url = ""] = await program.written(/Connect clients to (http:\/\/127\.0\.0\.1:\d+)/);
  const args = ["--no-install", "msb-client-websocket", "check", url, "--quick"];
  const { code, output } = await run("npx", args, { cwd });
  expect(output).toMatch(/✓ registration .* 0 to note, 0 problems, /s);
  expect(code).toBe(0);
});
