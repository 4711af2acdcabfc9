import type { Hono } from "hono";
import * as z from "zod/v4/mini";
import { mustBe } from "../../core/validation/describe-value.ts";
import { isRecord } from "../../support/is-record.ts";
import type { Broker } from "../api.ts";
import { MAX_DELAY, MAX_REFUSALS } from "../faults/faults.ts";
import { REFUSALS } from "../protocol/refusals.ts";
import { MAX_ID_LENGTH } from "../support/limits.ts";
import { anyString, atMostCharacters, expected, wholeNumberFrom } from "../support/schemas.ts";
import { readBody } from "./request.ts";

const uuid = anyString.check(atMostCharacters(MAX_ID_LENGTH));
const answered = z.enum(["R", "E", "all"], expected("R, E or all"));
const MILLISECONDS = expected(`milliseconds from 0 to ${MAX_DELAY}`);
const milliseconds = z.number(MILLISECONDS).check(z.gte(0, MILLISECONDS), z.lte(MAX_DELAY, MILLISECONDS));
const closeCode = z.union(
  [z.literal(1000), z.int().check(z.gte(3000), z.lte(4999))],
  expected("1000, or from 3000 to 4999"),
);
const count = wholeNumberFrom(1, MAX_REFUSALS);
// 123 bytes fit into a close frame.
const reason = anyString.check(atMostCharacters(40));

const FAULT_TYPES =
  "cut, disconnect, halfOpen, stopAcknowledging, resumeAcknowledging, refuseNext, delay or restart";

export const faultSchema = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.literal("cut"), uuid: z.optional(uuid) }),
    z.object({
      type: z.literal("disconnect"),
      uuid,
      code: z.optional(closeCode),
      reason: z.optional(reason),
    }),
    z.object({ type: z.literal("halfOpen"), uuid }),
    z.object({ type: z.literal("stopAcknowledging"), kind: z.optional(answered), uuid: z.optional(uuid) }),
    z.object({ type: z.literal("resumeAcknowledging"), kind: z.optional(answered), uuid: z.optional(uuid) }),
    z.object({
      type: z.literal("refuseNext"),
      kind: z.enum(["R", "E"], expected("R or E")),
      reply: z.optional(z.enum(REFUSALS, expected(`one of ${REFUSALS.join(", ")}`))),
      count: z.optional(count),
      uuid: z.optional(uuid),
    }),
    z.object({ type: z.literal("delay"), milliseconds }),
    z.object({ type: z.literal("restart"), downtime: z.optional(milliseconds) }),
  ],
  {
    // Of an object it is the `type` that is wrong.
    error: ({ input }) => (isRecord(input) ? mustBe(FAULT_TYPES, input["type"]) : mustBe("an object", input)),
  },
);
type Fault = z.output<typeof faultSchema>;

/** Our own interface, for the console: faults. */
export function mountBrokerFaults(app: Hono, broker: Broker): void {
  app.get("/broker/faults", (c) => c.json(broker.faults.active));
  app.post("/broker/faults", async (c) => {
    apply(broker, await readBody(c, faultSchema));
    return c.json(broker.faults.active, 202);
  });
  app.delete("/broker/faults", (c) => {
    broker.faults.clear();
    return c.json(broker.faults.active);
  });
}

function apply(broker: Broker, fault: Fault): void {
  const { faults } = broker;
  switch (fault.type) {
    case "cut":
      return fault.uuid === undefined ? broker.cutAll() : broker.cut(fault.uuid);
    case "disconnect":
      return broker.disconnect(fault.uuid, fault.code, fault.reason);
    case "halfOpen":
      return faults.halfOpen(fault.uuid);
    case "stopAcknowledging":
      return faults.stopAcknowledging(fault.kind, fault.uuid);
    case "resumeAcknowledging":
      return faults.resumeAcknowledging(fault.kind, fault.uuid);
    case "refuseNext":
      return faults.refuseNext(fault.kind, fault);
    case "delay":
      return faults.delay(fault.milliseconds);
    case "restart":
      // The answer gets through, because closing the port waits for it. A restart that fails is in the log.
      faults.restart(fault.downtime).catch(() => {});
  }
}
