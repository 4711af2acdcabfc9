import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { contract, type Middleware } from "../../src/index.ts";
import { compileSample } from "../support/docs/compile-examples.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { ROOT, temporaryFolder } from "../support/package/package.ts";
import { testBroker, testClient } from "../support/setup.ts";

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/;

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

let tracing: Middleware;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  provider.register();
  folder = await temporaryFolder();
  await symlink(join(ROOT, "node_modules"), join(folder.path, "node_modules"));
  const path = join(folder.path, "tracing.ts");
  await writeFile(path, await documentSample("docs/guides/opentelemetry.md", "tracing"));
  ({ tracing } = await import(path));
});

afterAll(async () => {
  await provider.shutdown();
  await folder[Symbol.asyncDispose]();
});

beforeEach(() => exporter.reset());

const spanOf = (name: string): ReadableSpan | undefined =>
  exporter.getFinishedSpans().find((span) => span.name === name);

async function finished(name: string): Promise<ReadableSpan> {
  await expect.poll(() => spanOf(name)).toBeDefined();
  return spanOf(name) as ReadableSpan;
}

/** A button that sets the speed of a press, and shows the speed that it answers with: two flows. */
async function setUp() {
  const broker = await testBroker();
  const button = testClient();
  const clicked = button.addEvent({ eventId: "CLICKED", dataFormat: z.int32() });
  button.addFunction({ functionId: "SHOW", dataFormat: z.int32(), handler: () => {} });
  const press = testClient();
  const speedChanged = press.addEvent({ eventId: "SPEED_CHANGED", dataFormat: z.int32() });
  press.addFunction({
    functionId: "SET_SPEED",
    dataFormat: z.int32(),
    responseEvents: [speedChanged],
    handler: ({ dataObject }) => {
      if (dataObject > 100) {
        throw new Error("too fast");
      }
      return dataObject;
    },
  });
  for (const client of [button, press]) {
    client.on("error", () => {});
    client.use(tracing);
    await client.connect(broker.url);
    await client.register();
  }
  broker.addFlow({
    from: { uuid: button.uuid, eventId: "CLICKED" },
    to: { uuid: press.uuid, functionId: "SET_SPEED" },
  });
  broker.addFlow({
    from: { uuid: press.uuid, eventId: "SPEED_CHANGED" },
    to: { uuid: button.uuid, functionId: "SHOW" },
  });
  return { broker, button, clicked, press };
}

describe("the middleware for OpenTelemetry", { timeout: 60_000 }, () => {
  it("compiles", async () => {
    expect(compileSample(await documentSample("docs/guides/opentelemetry.md", "tracing"))).toEqual([]);
  });

  it("has one trace over all flows, linked by the correlation id", async () => {
    const { button, clicked, press } = await setUp();
    const tracer = trace.getTracer("test");
    const { correlationId } = await tracer.startActiveSpan("click", async (span) => {
      const result = await clicked.publish(60);
      span.end();
      return result;
    });
    expect(correlationId).toMatch(TRACEPARENT);
    const [click, published, called, answered, shown] = await Promise.all(
      ["click", "publish CLICKED", "call SET_SPEED", "publish SPEED_CHANGED", "call SHOW"].map(finished),
    );
    expect(new Set(exporter.getFinishedSpans().map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(exporter.getFinishedSpans()).toHaveLength(5);
    const parents = [published, called, answered, shown].map((span) => span?.parentSpanContext?.spanId);
    expect(parents).toEqual([click, published, called, published].map((span) => span?.spanContext().spanId));
    expect([published, called, answered, shown].map((span) => span?.kind)).toEqual([
      SpanKind.PRODUCER,
      SpanKind.CONSUMER,
      SpanKind.PRODUCER,
      SpanKind.CONSUMER,
    ]);
    expect(published?.attributes).toEqual({
      "messaging.system": "msb",
      "messaging.operation.name": "publish",
      "messaging.operation.type": "send",
      "messaging.destination.name": "CLICKED",
      "messaging.client.id": button.uuid,
      "messaging.message.conversation_id": correlationId,
    });
    expect(called?.attributes).toEqual({
      "messaging.system": "msb",
      "messaging.operation.name": "call",
      "messaging.operation.type": "process",
      "messaging.destination.name": "SET_SPEED",
      "messaging.client.id": press.uuid,
      "messaging.message.conversation_id": correlationId,
    });
    expect(published?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it("has the call of a counterpart, and its answer, in one trace", async () => {
    const { broker, button, press } = await setUp();
    const machine = button.counterpart(
      contract({
        events: { SPEED_CHANGED: z.int32() },
        functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
      }),
      { uuid: press.uuid, id: "press" },
    );
    await button.register();
    for (const flow of machine.flows) {
      broker.addFlow(flow);
    }
    expect(await machine.call("SET_SPEED", 60)).toBe(60);
    const [published, called, answered, heard] = await Promise.all(
      ["publish press.SET_SPEED", "call SET_SPEED", "publish SPEED_CHANGED", "call press.SPEED_CHANGED"].map(
        finished,
      ),
    );
    const parents = [called, answered, heard].map((span) => span?.parentSpanContext?.spanId);
    expect(parents).toEqual([published, called, published].map((span) => span?.spanContext().spanId));
  });

  it("leaves a correlation id as it is: then the called service has a trace of its own", async () => {
    const { clicked } = await setUp();
    await clicked.publish(60, { correlationId: "order-4711" });
    const published = await finished("publish CLICKED");
    const called = await finished("call SET_SPEED");
    expect(called.parentSpanContext).toBeUndefined();
    expect(called.spanContext().traceId).not.toBe(published.spanContext().traceId);
    for (const span of [published, called]) {
      expect(span.attributes["messaging.message.conversation_id"]).toBe("order-4711");
    }
  });

  it("says what failed", async () => {
    const { broker, clicked } = await setUp();
    await clicked.publish(500);
    const called = await finished("call SET_SPEED");
    const message = 'The handler of function "SET_SPEED" failed: too fast.';
    expect(called.status).toEqual({ code: SpanStatusCode.ERROR, message });
    expect(called.attributes["error.type"]).toBe("HANDLER_FAILED");
    exporter.reset();
    broker.faults.refuseNext("E");
    await expect(clicked.publish(60)).rejects.toMatchObject({ code: "REFUSED" });
    expect(spanOf("publish CLICKED")?.attributes["error.type"]).toBe("REFUSED");
  });
});
