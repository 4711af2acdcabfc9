import type { Hono } from "hono";
import type { BrokerComponents } from "../components.ts";
import { readFlowInput } from "../flows/flow-input.ts";
import { FLOW_BOUNDS } from "../support/limits.ts";
import { notFound, readId } from "./flow-id.ts";
import { readJson } from "./request.ts";

/** Our own interface, for the console: flows. */
export function mountBrokerFlows(app: Hono, { flows, dispatcher }: BrokerComponents): void {
  app.get("/broker/flows", (c) => c.json(flows.entries()));
  app.post("/broker/flows", async (c) => {
    const value = await readJson(c, FLOW_BOUNDS);
    const { entry, replaced } = flows.add(readFlowInput(value, "rest", true));
    return c.json({ ...entry, replaced: replaced?.id }, 201);
  });
  app.get("/broker/flows/:id", (c) => {
    const id = readId(c.req.param("id"));
    return c.json(flows.get(id) ?? notFound(id));
  });
  app.delete("/broker/flows/:id", (c) => {
    const id = readId(c.req.param("id"));
    if (!flows.remove(id)) {
      notFound(id);
    }
    dispatcher.dropOrphans();
    return c.json({ id });
  });
}
