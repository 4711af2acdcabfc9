// What docs/guides/migration.md says of the official Node.js client, and how it is here: functions, connections and settings.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { MsbClient } from "../../src/index.ts";
import { ScriptedServer, scriptedClient, settled } from "../../src/testing/index.ts";
import { CERTIFICATE, KEY } from "../support/broker/fixtures/certificate.ts";
import { identity } from "../support/client/identity.ts";
import {
  OFFICIAL,
  officialFolder,
  saidThere,
  there,
  useOfficialNode,
} from "../support/docs/official-node.ts";
import { freePort } from "../support/free-port.ts";
import { run } from "../support/package/program.ts";
import { testBroker, testClient } from "../support/setup.ts";

useOfficialNode();

describe("functions", () => {
  it("get one object, and may return what publish() gives", async () => {
    const { client, server } = scriptedClient();
    server.acceptAll();
    client.addEvent("ANSWER", "Answer", "", "int32");
    client.addFunction(
      ...(["F", "F", "", "int32"] as const),
      (message) =>
        client.publish("ANSWER", message.dataObject, "LOW", false, undefined, message.correlationId),
      ...([false, ["ANSWER"]] as const),
    );
    await client.start();
    await server.call("F", 60, { correlationId: "c" });
    expect(server.events).toMatchObject([{ eventId: "ANSWER", dataObject: 60, correlationId: "c" }]);
    await client.disconnect();
  });

  it("are not run for a wrong value, and may throw; there the value reaches them, and an error ends the process", async () => {
    const broker = await testBroker();
    await using program = await there(`
      client.addFunction("F", "F", "", "int32", ({ dataObject }) => { throw new Error("got " + dataObject); });
      client.connect("${broker.url}"); client.register();
    `);
    await broker.waitForRegistration("there", { timeout: 50_000 });
    broker.call("there", "F", "fast");
    expect(await program.exit).toBe(1);
    expect(program.output).toContain("got fast");

    const { client, server } = scriptedClient();
    server.acceptAll();
    const handler = vi.fn(() => {
      throw new Error("stuck");
    });
    client.addFunction("F", "F", "", "int32", handler);
    const codes: string[] = [];
    client.on("error", ({ code }) => codes.push(code));
    await client.start();
    await server.call("F", "fast");
    expect(handler).not.toHaveBeenCalled();
    await server.call("F", 1);
    expect(codes).toEqual(["INVALID_VALUE", "HANDLER_FAILED"]);
    expect(client.state).toBe("registered");
    await client.disconnect();
  });
});

describe("connecting", () => {
  it("rejects at once, and register() does before it; there both are tried for ever, without a word", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await using program = await there(`
      client.setReconnectInterval(3000);
      client.register(); client.connect("${url}");
    `);
    await program.written(/ECONNREFUSED/);
    const later = await testBroker({ port });
    await later.waitForRegistration("there", { timeout: 50_000 });

    const client = testClient({ uuid: "here" });
    await expect(client.register()).rejects.toMatchObject({ code: "NOT_CONNECTED" });
    await later.close();
    await expect(client.connect(url)).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    const { client: patient, server, clock } = scriptedClient({ logLevel: "silent" });
    const started = patient.start();
    await server.close();
    server.acceptAll();
    await clock.advance(60_000);
    await started;
    await patient.disconnect();
  });

  it("leaves out one check for disableHostnameVerification(true); there it leaves out all", async () => {
    const broker = await testBroker({ tls: { cert: CERTIFICATE, key: KEY } });
    await using _program = await there(`
      client.disableHostnameVerification(true); client.connect("${broker.url}"); client.register();
    `);
    await broker.waitForRegistration("there", { timeout: 50_000 });
    const client = testClient({ uuid: "here" });
    client.disableHostnameVerification(true);
    await expect(client.connect(broker.url)).rejects.toThrow(/tls\.ca/);
    client.set({ tls: { ca: CERTIFICATE } });
    await client.connect(broker.url);
  });

  it("ends with a refusal that another attempt does not change", async () => {
    const { client, server } = scriptedClient({ logLevel: "silent" });
    const started = client.start();
    await server.accept();
    await server.answer("NIO_UNAUTHORIZED_CONNECTION");
    await expect(started).rejects.toMatchObject({ code: "REFUSED", reply: "NIO_UNAUTHORIZED_CONNECTION" });
    expect([client.isConnected(), client.isRegistered()]).toEqual([true, false]);
    await client.disconnect();
  });

  it("needs a CommonJS main file there", async () => {
    const path = join(officialFolder(), "main.mjs");
    await writeFile(path, `import "${OFFICIAL}";`);
    const { code, output } = await run(process.execPath, [path], { cwd: officialFolder() });
    expect(code).toBe(1);
    expect(output).toMatch(/TypeError/);
  });
});

describe("settings", () => {
  it("are turned off without an argument; there that turns them on", async () => {
    const print = "console.log(JSON.stringify(client.eventCacheEnabled));";
    expect(await saidThere(`client.disableEventCache(true); client.disableEventCache(); ${print}`)).toBe(
      true,
    );
    const client = testClient();
    client.addEvent("E", "E", "", "int32");
    client.disableEventCache();
    await expect(client.publish("E", 1, { cached: true })).rejects.toMatchObject({ code: "NOT_CONNECTED" });
  });

  it("of keep-alive have an interval of their own, and pings all the time there without one", async () => {
    const broker = await testBroker();
    // With an interval of nothing the next ping is due before the answer to the first one.
    await using program = await there(
      `client.setKeepAlive(true); client.disablesockJsFraming(true); client.connect("${broker.url}");`,
    );
    await program.written(/TERMINATE SOCKET/);
    const { client, server, clock } = scriptedClient();
    client.setKeepAlive(true);
    const started = client.start();
    const ping = vi.fn();
    await settled();
    Object.assign(server.sockets[0] ?? {}, { ping });
    await server.accept();
    await server.answer("IO_REGISTERED");
    await started;
    await clock.advance(7_900);
    expect(ping).not.toHaveBeenCalled();
    await clock.advance(200);
    expect(ping).toHaveBeenCalledOnce();
    expect(() => client.setKeepAlive(true, 999)).toThrow(/at least 1000/);
    expect(() => client.setReconnectInterval(100)).toThrow(/at least 3000.*not 100/);
    await client.disconnect();
  });

  it("of identity come from a file in the working directory; there from beside the main file", async () => {
    const file = (uuid: string) =>
      `msb.type=SmartObject\nmsb.uuid=${uuid}\nmsb.name=n\nmsb.description=d\nmsb.token=t\nmsb.url=http://127.0.0.1:1\n`;
    const main = join(officialFolder(), "program");
    await mkdir(main);
    await writeFile(join(main, "application.properties"), file("beside"));
    const workingDirectory = join(officialFolder(), "elsewhere");
    await mkdir(workingDirectory);
    await writeFile(join(workingDirectory, "application.properties"), file("working"));
    const path = join(main, "main.cjs");
    await writeFile(
      path,
      `const M = require("${OFFICIAL}"); console.log(new M().getSelfDescription().uuid);`,
    );
    const { output } = await run(process.execPath, [path], { cwd: workingDirectory });
    expect(output.trim()).toBe("beside");
    const cwd = vi.spyOn(process, "cwd").mockReturnValue(workingDirectory);
    expect(new MsbClient().uuid).toBe("working");
    cwd.mockRestore();
    const named = new MsbClient({ propertiesFile: join(main, "application.properties") });
    expect(named.uuid).toBe("beside");
  });

  it("takes any number of clients in one process; there they share one identity", async () => {
    const second = 'new MsbClient("SmartObject", "second", "n", "d", "t");';
    expect(await saidThere(`${second} console.log(JSON.stringify(client.getSelfDescription().uuid));`)).toBe(
      "second",
    );
    const [one, two] = [new MsbClient(identity({ uuid: "1" })), new MsbClient(identity({ uuid: "2" }))];
    expect([one.uuid, two.uuid]).toEqual(["1", "2"]);
  });
});

it("listeners of states have the reason", async () => {
  const server = new ScriptedServer();
  const client = testClient({ socket: server.socket });
  const states: string[] = [];
  client.on("stateChange", ({ state, error }) => states.push(`${state} ${error?.code ?? ""}`.trim()));
  server.acceptAll();
  await client.start("ws://msb.test:8085");
  await server.close();
  expect(states).toEqual([
    "connecting",
    "connected",
    "registering",
    "registered",
    "reconnecting CONNECTION_LOST",
  ]);
});
