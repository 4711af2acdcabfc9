import { afterEach, beforeEach, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { ask } from "../../support/broker/rest.ts";

// Whether the document is true, `npm run test:interop` asks.
let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

test.each([
  ["POST", "/broker/state", "GET"],
  ["GET", "/integrationFlow/create", "POST"],
  ["PUT", "/service/u1", "GET, DELETE"],
  ["DELETE", "/integrationFlow/1/deploy", "PUT"],
])("%s %s is answered with 405, and what is allowed", async (method, path, allowed) => {
  const { status, headers, body } = await ask(broker.url, method, path);
  expect([status, headers.get("allow"), body.error]).toEqual([405, allowed, expect.stringContaining(path)]);
});

test("a preflight of another page learns nothing", async () => {
  const { status, headers } = await ask(broker.url, "OPTIONS", "/broker/flows");
  expect([status, headers.get("allow")]).toEqual([404, null]);
});

test("the document says what the handlers check", async () => {
  const { body } = await ask(broker.url, "GET", "/v3/api-docs");
  const taken = (path: string, method = "post") =>
    Object.values<{ schema: object }>(body.paths[path][method].requestBody.content)[0]?.schema;
  expect(taken("/broker/services/{uuid}/call")).toMatchObject({
    properties: { wait: { type: "number", minimum: 1, maximum: 60_000 }, check: { default: true } },
    required: ["functionId"],
  });
  expect(taken("/service/verify/{owner}")).toMatchObject({ type: "string", pattern: expect.any(String) });
  expect(body.components.schemas.Fault.oneOf).toHaveLength(8);
  expect(body.paths["/broker/messages"].get.parameters).toContainEqual({
    ...{ name: "limit", in: "query", required: false, description: "At most this many of the last entries" },
    schema: { type: "integer", minimum: 1, maximum: 10_000 },
  });
});

test.each([
  ["plain", "t0ken"],
  ["of JSON", '"t0ken"'],
  ["with space around", " t0ken\r\n"],
])("a token to be verified, %s", async (_, text) => {
  const { status, body } = await ask(broker.url, "POST", "/service/verify/me", text);
  expect([status, body]).toEqual([201, { token: "t0ken" }]);
});

test.each(["", " ", '""', "two\nlines"])("no token: %j", async (text) => {
  expect((await ask(broker.url, "POST", "/service/verify/me", text)).status).toBe(400);
});

test("the document says how to be let in, and who is not", async () => {
  await using closed = await startBroker({ token: "s3cret-token" });
  const { body } = await ask(`${closed.url}/v3/api-docs?token=s3cret-token`, "GET", "");
  expect(body.components.securitySchemes).toMatchObject({
    token: { scheme: "bearer" },
    password: { scheme: "basic" },
    query: { in: "query", name: "token" },
  });
  expect(body.security).toEqual([{ token: [] }, { password: [] }, { query: [] }]);
  const { get } = body.paths["/broker/state"];
  expect(Object.keys(get.responses)).toEqual(["200", "401", "403", "421", "429", "default"]);
  const health = body.paths["/actuator/health"].get;
  expect([health.security, Object.keys(health.responses)]).toEqual([[], ["200", "403", "421", "default"]]);
  expect((await ask(closed.url, "GET", "/actuator/health")).body).toEqual({ status: "UP" });
});
