import type { Hono } from "hono";
import * as z from "zod/v4/mini";
import type { BrokerComponents } from "../components.ts";
import { readFlowInput } from "../flows/flow-input.ts";
import type { FlowEntry } from "../flows/flow-store.ts";
import { FLOW_BOUNDS } from "../support/limits.ts";
import { expected } from "../support/schemas.ts";
import { notFound, readId } from "./flow-id.ts";
import { described, readJson, readQuery } from "./request.ts";

/** A path that is not the one of creating a flow, which has other methods. */
const ID = ":id{(?!create\\b)[^/]+}";

export const createQuery = z.object({
  deploy: described(z.optional(z.enum(["true", "false"], expected("true or false"))), "Deploy it, too"),
});

/** The MSB's management of integration flows; `docs/reference/protocol.md#management-rest`. */
export function mountMsbFlows(app: Hono, { flows, dispatcher }: BrokerComponents): void {
  // Always a new one, as a document of the MSB has an id of its own: only its deletion ends it.
  const create = (value: unknown, deployed: boolean) =>
    describeFlowForMsb(flows.add({ ...readFlowInput(value, "rest", deployed), isRecord: true }).entry);
  app.post("/integrationFlow/create", async (c) =>
    c.json(create(await readJson(c, FLOW_BOUNDS), readQuery(c, createQuery).deploy === "true"), 201),
  );
  app.post("/integrationFlow/create/deploy", async (c) =>
    c.json(create(await readJson(c, FLOW_BOUNDS), true), 201),
  );

  app.get("/integrationFlow/customer/:owner", (c) => {
    const owner = c.req.param("owner");
    // A simple flow has no owner: it is everybody's. The C# client's documents name it in another way.
    const ownerOf = ({ document }: FlowEntry) => document?.["ownerUuid"] ?? document?.["organisationId"];
    const isOwn = (entry: FlowEntry) => (ownerOf(entry) ?? owner) === owner;
    return c.json(flows.entries().filter(isOwn).map(describeFlowForMsb));
  });

  for (const [action, deployed] of [
    ["deploy", true],
    ["undeploy", false],
  ] as const) {
    app.put(`/integrationFlow/${ID}/${action}`, (c) => {
      const id = readId(c.req.param("id"));
      const entry = flows.deploy(id, deployed) ?? notFound(id);
      dispatcher.dropOrphans();
      return c.json(describeFlowForMsb(entry));
    });
  }
  app.get(`/integrationFlow/${ID}`, (c) => {
    const id = readId(c.req.param("id"));
    return c.json(describeFlowForMsb(flows.get(id) ?? notFound(id)));
  });
  app.delete(`/integrationFlow/${ID}`, (c) => {
    const id = readId(c.req.param("id"));
    if (!flows.remove(id)) {
      notFound(id);
    }
    dispatcher.dropOrphans();
    return c.json({ id });
  });
}

function describeFlowForMsb({ id, name, deployed, flows, document }: FlowEntry): object {
  return document === undefined ? { id, name, deployed, ...flows[0] } : { ...document, id, name, deployed };
}
