import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { contract } from "../../../src/index.ts";
import { testBroker, testClient } from "../../support/setup.ts";

/** A management of flows that answers as it likes; what it was asked. */
async function management(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function machineOfOneEvent() {
  return testClient({ uuid: "dash" }).counterpart(contract({ events: { E: null } }), { uuid: "press-7" });
}

const CREATED = [{ name: "press-7.E to dash.press-7.E", status: "created" }];

describe("deployFlows(), when the management", () => {
  // A list that cannot be read is not an empty one: all flows would be created once more, each time.
  it.each(["{}", '{"content":[]}', "null", "<html></html>"])(
    "answers the list with %s: creates nothing",
    async (text) => {
      const { url, requests } = await management((_, response) => response.end(text));
      await expect(machineOfOneEvent().deployFlows(url)).rejects.toMatchObject({
        code: "BAD_MESSAGE",
        message: `GET ${url}/integrationFlow/customer/dash was not answered with an array of flows: ${text} Is it the management of an MSB?`,
      });
      expect(requests).toHaveLength(1);
    },
  );

  // The status says that it was created; what else is in the answer is not needed.
  it.each(["17", "created", "<html></html>", ""])("answers POST with 201 and %j", async (text) => {
    const { url } = await management(({ method }, response) => {
      response.statusCode = method === "POST" ? 201 : 200;
      response.end(method === "POST" ? text : '[null, 5, [], {"name":null}]');
    });
    expect(await machineOfOneEvent().deployFlows(url)).toEqual(CREATED);
  });

  it.each(['{"transitions":null}', '{"transitions":[{"inputs":"?"}]}', "{}"])(
    "does not tell how a flow maps (%s): leaves it as it is",
    async (flow) => {
      const list = JSON.stringify([{ ...JSON.parse(flow), ...CREATED[0], id: 1 }]);
      const { url, requests } = await management((_, response) => response.end(list));
      expect((await machineOfOneEvent().deployFlows(url)).map(({ status }) => status)).toEqual(["present"]);
      expect(requests).toHaveLength(1);
    },
  );

  // Followed, POST becomes GET: it said "created", though nothing was.
  it("redirects: goes nowhere else, and says so", async () => {
    const elsewhere = await management((_, response) => response.end("[]"));
    const { url } = await management(({ method, url: path }, response) => {
      response.writeHead(method === "POST" ? 302 : 200, { location: `${elsewhere.url}${path}` });
      response.end("[]");
    });
    await expect(machineOfOneEvent().deployFlows(url)).rejects.toMatchObject({
      code: "REFUSED",
      message: expect.stringContaining("/integrationFlow/create/deploy was answered with 302"),
    });
    expect(elsewhere.requests).toEqual([]);
  });

  // It must end some time, also without a signal.
  it("never answers: gives the request up after 30 s", async () => {
    const { url } = await management(() => {});
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const spy = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => timeout(ms / 1_000));
    onTestFinished(() => spy.mockRestore());
    await expect(machineOfOneEvent().deployFlows(url)).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    expect(spy.mock.calls).toEqual([[30_000]]);
    // With a signal, too: it may never fire.
    const { signal } = new AbortController();
    await expect(machineOfOneEvent().deployFlows(url, { signal })).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringContaining("timeout"),
    });
    await expect(machineOfOneEvent().deployFlows(url, { signal: timeout(20) })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  // Errors go to logs: no password in them. A query was ignored.
  it.each([
    [
      "http://press:s3cret@127.0.0.1:9",
      "holds credentials. Give them as a header: headers: { authorization: … }.",
    ],
    ["ftp://press:s3cret@127.0.0.1:9", "holds credentials."],
    [
      "http://127.0.0.1:9/msb?token=s3cret",
      "has a query or a fragment. Give http:// or https:// with host and port",
    ],
    ["http://127.0.0.1:9/msb#s3cret", "has a query or a fragment."],
  ])("needs credentials: they do not go into the URL (%s)", async (url, message) => {
    const outcome = await machineOfOneEvent()
      .deployFlows(url)
      .catch((error) => error);
    expect(outcome).toMatchObject({ code: "INVALID_URL" });
    expect(outcome.message).toContain(`The URL of the MSB's management ${message}`);
    expect(outcome.message).not.toContain("s3cret");
  });
});

describe("deployFlows() at a broker", () => {
  const press = (format: z.ZodType) =>
    contract({ events: { DONE: z.string() }, functions: { DO: { dataFormat: format, responds: "DONE" } } });

  async function startPress(url: string) {
    const calls: unknown[] = [];
    const device = testClient({ uuid: "press-7" });
    device.implement(press(z.string()), { DO: ({ dataObject }) => void calls.push(dataObject) });
    await device.start(url);
    return calls;
  }

  const counterpart = (format: z.ZodType = z.string()) => {
    const client = testClient({ uuid: "dash" });
    return { client, machine: client.counterpart(press(format), { uuid: "press-7" }) };
  };

  async function post(url: string, document: object) {
    await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(document),
    });
  }

  // Effects of React run twice: each flow was there twice, and each function ran twice for one call.
  it("twice at a time creates each flow once, and a call is one call", async () => {
    const broker = await testBroker();
    const calls = await startPress(broker.url);
    const { client, machine } = counterpart();
    await client.start(broker.url);
    const deployed = await Promise.all([1, 2, 3].map(() => machine.deployFlows(broker.url)));
    expect(deployed.map((flows) => flows.map(({ status }) => status))).toEqual([
      ["created", "created"],
      ["present", "present"],
      ["present", "present"],
    ]);
    expect(broker.flows).toHaveLength(2);
    const call = machine.call("DO", "once", { timeout: 300 });
    await expect(call).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(calls).toEqual(["once"]);
  });

  it("goes on after one that failed, and one that waits can be aborted", async () => {
    const broker = await testBroker();
    const { url, requests } = await management(() => {});
    const { machine } = counterpart();
    const controller = new AbortController();
    const first = machine.deployFlows(url, { signal: controller.signal });
    const second = machine.deployFlows(broker.url, { signal: AbortSignal.timeout(20) });
    const third = machine.deployFlows(broker.url);
    await expect(second).rejects.toMatchObject({ code: "ABORTED" });
    expect(broker.flows).toEqual([]);
    await expect.poll(() => requests).toHaveLength(1);
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: "ABORTED" });
    expect((await third).map(({ status }) => status)).toEqual(["created", "created"]);
  });

  it("takes a flow that somebody has renamed for what it is", async () => {
    const broker = await testBroker();
    const { machine } = counterpart();
    const [renamed] = machine.flowDocuments();
    await post(`${broker.url}/integrationFlow/create`, { ...renamed, name: "Of my own" });
    const statuses = async () => (await machine.deployFlows(broker.url)).map(({ status }) => status);
    expect(await statuses()).toEqual(["deployed", "created"]);
    expect(await statuses()).toEqual(["present", "present"]);
    expect(broker.flows).toHaveLength(2);
  });

  // Each call would have been two.
  it.each([
    { own: true, others: [true], statuses: ["present"], running: ["own", "other 0"] },
    { own: true, others: [false], statuses: ["present"], running: ["own"] },
    { own: false, others: [true], statuses: ["present"], running: ["other 0"] },
    { own: false, others: [false, true], statuses: ["present"], running: ["other 1"] },
    { own: false, others: [false], statuses: ["deployed"], running: ["own"] },
    { own: undefined, others: [false, true], statuses: ["present"], running: ["other 1"] },
    { own: undefined, others: [false, false], statuses: ["deployed"], running: ["other 0"] },
  ])("runs a function once: own $own, others $others", async ({ own, others, statuses, running }) => {
    const broker = await testBroker();
    const machine = machineOfOneEvent();
    const [document] = machine.flowDocuments();
    const name = (which: string) => (which === "own" ? document?.name : which);
    const flows = others.map((isDeployed, index) => [`other ${index}`, isDeployed] as const);
    for (const [which, isDeployed] of own === undefined ? flows : [...flows, ["own", own] as const]) {
      const path = isDeployed ? "create/deploy" : "create";
      await post(`${broker.url}/integrationFlow/${path}`, { ...document, name: name(which) });
    }
    const deployed = await machine.deployFlows(broker.url);
    expect(deployed.map(({ status }) => status)).toEqual(statuses);
    const list: { name: string; deployed: boolean }[] = await (
      await fetch(`${broker.url}/integrationFlow/customer/dash`)
    ).json();
    expect(list).toHaveLength(flows.length + (own === undefined ? 0 : 1));
    const names = list.filter((flow) => flow.deployed).map((flow) => flow.name);
    expect(names.toSorted()).toEqual(running.map(name).toSorted());
  });

  it("leaves one of each that was created twice", async () => {
    const broker = await testBroker();
    const { machine } = counterpart();
    for (const document of [...machine.flowDocuments(), ...machine.flowDocuments()]) {
      await post(`${broker.url}/integrationFlow/create/deploy`, document);
    }
    const statuses = async () => (await machine.deployFlows(broker.url)).map(({ status }) => status);
    expect(await statuses()).toEqual(["updated", "updated"]);
    expect(await statuses()).toEqual(["present", "present"]);
    expect(broker.flows).toHaveLength(2);
  });
});

// It was deleted first: if the management refused the new one, there was none any more.
describe("deployFlows() of a flow that maps in another way", () => {
  const OLD = {
    ...{ id: 1, name: CREATED[0]?.name, deployed: true },
    transitions: [{ inputs: [{ processors: [{ pattern: {} }] }] }],
  };

  function answering(create: { readonly status: number; readonly text: string }) {
    return management(({ method }, response) => {
      response.statusCode = method === "POST" ? create.status : 200;
      response.end(method === "POST" ? create.text : JSON.stringify([OLD]));
    });
  }

  it("creates the new one before the old one is deleted", async () => {
    const { url, requests } = await answering({ status: 201, text: '{"id":"a/2","deployed":false}' });
    expect(await machineOfOneEvent().deployFlows(url)).toEqual([{ ...CREATED[0], status: "updated" }]);
    expect(requests).toEqual([
      "GET /integrationFlow/customer/dash",
      "POST /integrationFlow/create",
      "DELETE /integrationFlow/1",
      "PUT /integrationFlow/a%2F2/deploy",
    ]);
  });

  it.each([
    { status: 400, text: "no", code: "REFUSED" },
    { status: 201, text: "created", code: "BAD_MESSAGE" },
    { status: 201, text: "{}", code: "BAD_MESSAGE" },
  ])("leaves the old one if that fails ($status $text)", async ({ code, ...answer }) => {
    const { url, requests } = await answering(answer);
    await expect(machineOfOneEvent().deployFlows(url)).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(2);
  });
});

it("deployFlows() says why the management cannot be reached, and what headers are none", async () => {
  const { url } = await management(({ headers }, response) => response.end(`[${headers.authorization}]`));
  const machine = machineOfOneEvent();
  const closed = new URL(url).port;
  await expect(machine.deployFlows(`https://127.0.0.1:${closed}`)).rejects.toThrow(
    /failed: .*(SSL|EPROTO|TLS)/i,
  );
  await expect(machine.deployFlows("http://127.0.0.1:59999")).rejects.toThrow("failed: connect ECONNREFUSED");
  await expect(machine.deployFlows(url, { headers: { "a b": "c" } })).rejects.toMatchObject({
    code: "INVALID_DEFINITION",
    message: expect.stringContaining("deployFlows(): headers: must be headers of HTTP"),
  });
  // It was taken for an object without headers.
  const headers = new Headers({ authorization: "7" });
  expect(await machine.deployFlows(url, { headers })).toEqual(CREATED);
});

// Bad input gets a clear error at once, as everywhere: a misspelt option was ignored, null was a TypeError.
it("the options of deployFlows(), flowDocuments() and events() are checked", async () => {
  const machine = machineOfOneEvent();
  const deploy = (options: unknown) => machine.deployFlows("http://127.0.0.1:9", options as never);
  await expect(deploy({ onwer: "me", owner: 5, headers: "x", signal: {} })).rejects.toThrow(
    "deployFlows(): owner: must be a string, not 5; headers: must be an object, not " +
      '"x"; signal: must be an AbortSignal, not an object; onwer: is not known here',
  );
  expect(() => machine.flowDocuments({ withPostdate: true } as never)).toThrow(
    "flowDocuments(): withPostdate: is not known here",
  );
  expect(() => machine.events("E", { buffersize: 5, signal: "no" } as never)).toThrow(
    'events(): signal: must be an AbortSignal, not "no"; buffersize: is not known here',
  );
  expect(() => machine.events("E", 5 as never)).toThrow("events(): must be an object, not 5");
});

it("null is the same as leaving an option of deployFlows(), flowDocuments() and events() out, or all", async () => {
  const { url } = await management((_, response) => response.end("[]"));
  const machine = machineOfOneEvent();
  const written = machine.flowDocuments();
  const left = { owner: null, withPostDate: null } as never;
  for (const options of [null, { ...(left as object), headers: null, signal: null }] as never[]) {
    expect(await machine.deployFlows(url, options)).toEqual(CREATED);
  }
  expect(machine.flowDocuments(null as never)).toEqual(written);
  expect(machine.flowDocuments(left)).toEqual(written);
  for (const options of [null, { bufferSize: null, signal: null }] as never[]) {
    await expect(machine.events("E", options).return()).resolves.toMatchObject({ done: true });
  }
});

function* pairsOf(headers: Record<string, string>) {
  yield* Object.entries(headers);
}

// It was sent as the word "undefined"; a Date was taken for no headers at all.
it.each([
  [{ authorization: undefined }, "headers.authorization: is missing: must be a string"],
  [{ "x-line": 7 }, "headers.x-line: must be a string, not 7"],
  [new Date(0), "headers: must be an object with keys of its own, such as { authorization: … }, not a Date"],
  // A check that read it left nothing to send.
  [pairsOf({ authorization: "Bearer 7" }), "headers: must be an object with keys of its own"],
  [new Map([["x-line", 7]]), "headers.x-line: must be a string, not 7"],
  // The request never ended, or failed with "Is it running?".
  [{ "Content-Length": "3" }, "headers.Content-Length: must be left out: fetch() sets it"],
  [new Headers({ connection: "close" }), "headers.connection: must be left out: fetch() sets it"],
])("deployFlows() refuses the headers %j", async (headers, message) => {
  const { url, requests } = await management((_, response) => response.end("[]"));
  await expect(machineOfOneEvent().deployFlows(url, { headers } as never)).rejects.toMatchObject({
    code: "INVALID_DEFINITION",
    message: expect.stringContaining(`deployFlows(): ${message}`),
  });
  expect(requests).toEqual([]);
});

it("deployFlows() sends the headers that it was given, also if it waits for another one", async () => {
  const seen: unknown[] = [];
  const { url } = await management((request, response) => {
    seen.push(request.headers.authorization);
    response.end("[]");
  });
  const machine = machineOfOneEvent();
  const headers = { authorization: "Bearer 1" };
  const list = new Map([["authorization", "Bearer 2"]]);
  const deployed = [
    machine.deployFlows(url, { headers }),
    machine.deployFlows(url, { headers: list as never }),
  ];
  headers.authorization = "Bearer 3";
  list.clear();
  await Promise.all(deployed);
  // A list of what is there, and one creation.
  expect(seen).toEqual(["Bearer 1", "Bearer 1", "Bearer 2", "Bearer 2"]);
});

// "Is it running?" was the wrong question: nobody had asked there.
it("deployFlows() says that no request may go to a port", async () => {
  await expect(machineOfOneEvent().deployFlows("http://127.0.0.1:9")).rejects.toMatchObject({
    code: "CONNECT_FAILED",
    message: expect.stringContaining("failed: bad port."),
    remedy: "Browsers and Node.js let nobody fetch from this port. Let the management listen on another one.",
  });
});

it("a machine that was removed takes no listener, and deploys no flows", async () => {
  const { url, requests } = await management((_, response) => response.end("[]"));
  const machine = machineOfOneEvent();
  machine.remove();
  const message = "The counterpart of press-7 was removed. Make another one with counterpart().";
  expect(() => machine.on("E", () => {})).toThrow(message);
  await expect(machine.deployFlows(url)).rejects.toMatchObject({ code: "UNKNOWN_FUNCTION", message });
  expect(requests).toEqual([]);
});

// It created flows to functions that were no longer there.
it("deployFlows() that waits for another one creates nothing after remove()", async () => {
  const machine = machineOfOneEvent();
  const { url, requests } = await management((_, response) => {
    machine.remove();
    response.end("[]");
  });
  const first = machine.deployFlows(url);
  const second = machine.deployFlows(url);
  await expect(second).rejects.toMatchObject({ code: "UNKNOWN_FUNCTION" });
  expect(await first).toEqual(CREATED);
  expect(requests).toHaveLength(2);
});
