import type { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod/v4/mini";
import type { BrokerComponents } from "../components.ts";
import { readFlowInput } from "../flows/flow-input.ts";
import type { FlowEntry } from "../flows/flow-store.ts";
import { FLOW_BOUNDS } from "../support/limits.ts";
import { expected } from "../support/schemas.ts";
import { notFound, readId } from "./flow-id.ts";
import { described, readJson, readQuery } from "./request.ts";

export const addFlowQuery = z.object({
  origin: described(
    z.optional(z.enum(["rest", "console"], expected("rest or console"))),
    "Who makes it: rest (a program), or console (a person)",
  ),
});

/** Our own interface, for the console: flows. */
export function mountBrokerFlows(app: Hono, { flows, dispatcher }: BrokerComponents): void {
  const describe = (entry: FlowEntry) => ({ ...entry, counts: flows.counts(entry.id) });
  app.get("/broker/flows", (c) => c.json(flows.entries().map(describe)));
  app.post("/broker/flows", async (c) => {
    const { origin = "rest" } = readQuery(c, addFlowQuery);
    const value = await readJson(c, FLOW_BOUNDS);
    const { entry, replaced } = flows.add(readFlowInput(value, origin, true));
    return c.json({ ...describe(entry), replaced: replaced?.id }, 201);
  });
  app.get("/broker/flow-counts", (c) => {
    const all = flows.entries().map(({ id }) => ({ id, counts: flows.counts(id) }));
    // Most of many flows are silent, and the words of an error are asked for one by one.
    const counted = all.filter(({ counts }) => counts.some(({ calls, errors }) => calls > 0 || errors > 0));
    return c.json(
      counted.map(({ id, counts }) => ({
        id,
        counts: counts.map(({ calls, errors }) => ({ calls, errors })),
      })),
    );
  });
  app.get("/broker/flows/:id", (c) => {
    const id = readId(c.req.param("id"));
    return c.json(describe(flows.get(id) ?? notFound(id)));
  });
  app.delete("/broker/flows/:id", (c) => {
    const id = readId(c.req.param("id"));
    if (!flows.remove(id, true)) {
      notFound(id);
    }
    dispatcher.dropOrphans();
    return c.json({ id });
  });
  app.post("/broker/flows/:id/restore", (c) => {
    const id = readId(c.req.param("id"));
    const restored = flows.restore(id);
    if (restored === undefined) {
      throw new HTTPException(404, {
        message: `Flow ${id} is not kept: only the last that were removed are.`,
      });
    }
    if ("occupiedBy" in restored) {
      const message = `Flow ${restored.occupiedBy} has the same ends by now. Remove it first.`;
      throw new HTTPException(409, { message });
    }
    return c.json(describe(restored.entry));
  });
}
