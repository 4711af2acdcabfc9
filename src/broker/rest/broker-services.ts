import type { Context, Hono } from "hono";
import * as z from "zod/v4/mini";
import { quote } from "../../support/clip.ts";
import { MsbError, type MsbIssue, MsbValueError } from "../../support/errors.ts";
import type { Broker, CallAndWaitOptions } from "../api.ts";
import type { BrokerComponents } from "../components.ts";
import { writeEvent } from "../protocol/event.ts";
import { checkParameters } from "../services/data-format-check.ts";
import { MAX_WAITING_CALLS } from "../support/limits.ts";
import { anyBoolean, anyObject, anyString, expected } from "../support/schemas.ts";
import { describeState, summariseService } from "./broker-state.ts";
import { checkConfiguration } from "./configuration-check.ts";
import { describeForMsb } from "./msb-services.ts";
import { readBodyAndJson } from "./request.ts";

const MAX_WAIT = 60_000;
const WAIT = expected(`milliseconds from 1 to ${MAX_WAIT}`);
export const callSchema = z.object({
  functionId: anyString,
  value: z.optional(z.unknown()),
  parameters: z.optional(anyObject),
  correlationId: z.optional(anyString),
  check: z._default(anyBoolean, true),
  wait: z.optional(z.number(WAIT).check(z.gte(1, WAIT), z.lte(MAX_WAIT, WAIT))),
});
export const eventSchema = z.object({
  eventId: anyString,
  value: z.optional(z.unknown()),
  priority: z.optional(z.literal([0, 1, 2], expected("0, 1 or 2"))),
  correlationId: z.optional(anyString),
  postDate: z.optional(anyString),
});
export const configurationSchema = z.object({
  params: anyObject,
  check: z._default(anyBoolean, true),
});

/** Our own interface, for the console: state and services. */
export function mountBrokerServices(app: Hono, broker: Broker, components: BrokerComponents): void {
  const { directory, dispatcher } = components;
  let waiting = 0;
  app.get("/broker/state", (c) => c.json(describeState(broker, components)));
  app.get("/broker/services/:uuid", (c) => {
    const known = directory.require(c.req.param("uuid"));
    return c.json({
      ...summariseService(known, dispatcher.queued(known.service.uuid)),
      selfDescription: describeForMsb(known),
    });
  });

  app.post("/broker/services/:uuid/call", async (c) => {
    const { uuid, selfDescription } = directory.require(c.req.param("uuid")).service;
    const { body, jsonOf } = await readBodyAndJson(c, callSchema);
    const { functionId, check, wait, correlationId } = body;
    let warnings: readonly MsbIssue[] = [];
    if (check) {
      const declared = selfDescription.functions?.find((each) => each.functionId === functionId);
      if (declared === undefined) {
        const message = `${quote(uuid)} has no function ${quote(functionId)}.`;
        throw new MsbError("UNKNOWN_FUNCTION", message);
      }
      const subject = `function ${quote(functionId)} of ${quote(uuid)}`;
      const given = body.parameters ?? { dataObject: body.value };
      const found = checkParameters(given, declared.dataFormat, subject);
      throwIssues(subject, found.issues);
      warnings = found.warnings;
    }
    const value = jsonOf("value");
    const options: CallAndWaitOptions = { correlationId, parameters: jsonOf("parameters"), timeout: wait };
    if (wait === undefined) {
      broker.call(uuid, functionId, value, options);
      return c.json(warnings.length === 0 ? {} : { warnings }, 202);
    }
    if (waiting >= MAX_WAITING_CALLS) {
      throw new MsbError("BUSY", `${MAX_WAITING_CALLS} calls are being waited for already.`);
    }
    waiting += 1;
    try {
      const response = await broker.callAndWait(uuid, functionId, value, options);
      const doubts = warnings.length === 0 ? "" : `,"warnings":${JSON.stringify(warnings)}`;
      return json(c, 200, `{"response":${writeEvent(response)}${doubts}}`);
    } finally {
      waiting -= 1;
    }
  });

  app.post("/broker/services/:uuid/event", async (c) => {
    const { body, jsonOf } = await readBodyAndJson(c, eventSchema);
    const { eventId, value: _, ...options } = body;
    const event = broker.publish(c.req.param("uuid"), eventId, jsonOf("value"), options);
    return json(c, 201, writeEvent(event));
  });

  app.post("/broker/services/:uuid/configuration", async (c) => {
    const { uuid, selfDescription } = directory.require(c.req.param("uuid")).service;
    const { body, jsonOf } = await readBodyAndJson(c, configurationSchema);
    const { params, check } = body;
    if (check) {
      const subject = `The configuration of ${quote(uuid)}`;
      const declared = selfDescription.configuration?.parameters ?? {};
      throwIssues(subject, checkConfiguration(params, declared));
    }
    broker.configure(uuid, jsonOf("params") ?? params);
    return c.json({}, 202);
  });

  app.delete("/broker/services/:uuid", (c) => {
    const { uuid } = directory.require(c.req.param("uuid")).service;
    broker.forget(uuid);
    return c.json({ uuid });
  });
}

/** JSON that is written already, so that its numbers stay as they are. */
function json(c: Context, status: 200 | 201, text: string): Response {
  return c.body(text, status, { "Content-Type": "application/json" });
}

function throwIssues(subject: string, issues: readonly MsbIssue[]): void {
  if (issues.length > 0) {
    throw new MsbValueError(subject, issues);
  }
}
