import type { Hono } from "hono";
import * as z from "zod/v4/mini";
import { MsbDefinitionError } from "../../support/errors.ts";
import type { Broker } from "../api.ts";
import type { BrokerComponents } from "../components.ts";
import type { KnownService } from "../services/registered-service.ts";
import type { SelfDescription } from "../services/self-description-types.ts";
import { MAX_TOKEN_LENGTH } from "../support/limits.ts";
import { anyObject, anyString } from "../support/schemas.ts";
import { checkBody, readBodyAndJson, readText } from "./request.ts";

/** The names under which the MSB serves the same; what a service calls itself does not matter. */
const KINDS = ["service", "smartobject", "application", "gateway"] as const;

/** A token, alone or as a JSON string. Not with \s, which means more characters in other languages than in this one. */
const TOKEN = new RegExp(
  `^[ \\t\\r\\n]*"?([^ \\t\\r\\n"](?:[^\\r\\n"]{0,${MAX_TOKEN_LENGTH - 2}}[^ \\t\\r\\n"])?)"?[ \\t\\r\\n]*$`,
  "u",
);
export const tokenSchema = z
  .string()
  .check(z.regex(TOKEN, `must be the token of a service, ${MAX_TOKEN_LENGTH} characters or less`));

export const msbConfigurationSchema = z.object({
  uuid: z.optional(anyString),
  params: anyObject,
});

/** The MSB's management of services; `docs/reference/protocol.md#management-rest`. */
export function mountMsbServices(app: Hono, broker: Broker, { tokens, directory }: BrokerComponents): void {
  app.post("/token/:owner", (c) => c.json({ token: tokens.issue() }, 201));
  app.get("/service/token/:owner", (c) => c.json({ token: tokens.issue() }, 201));

  for (const kind of KINDS) {
    app.post(`/${kind}/verify/:owner`, async (c) => {
      const [, token = ""] = TOKEN.exec(checkBody(tokenSchema, await readText(c))) ?? [];
      tokens.verify(token);
      directory.touch();
      return c.json({ token }, 201);
    });
    app.get(`/${kind}/:uuid`, (c) => c.json(describeForMsb(directory.require(c.req.param("uuid")))));
    app.delete(`/${kind}/:uuid`, (c) => {
      const { service } = directory.require(c.req.param("uuid"));
      broker.forget(service.uuid);
      return c.json({ uuid: service.uuid });
    });
    app.post(`/${kind}/:uuid/configuration`, async (c) => {
      const { service } = directory.require(c.req.param("uuid"));
      const { body, jsonOf } = await readBodyAndJson(c, msbConfigurationSchema);
      if (body.uuid !== undefined && body.uuid !== service.uuid) {
        throw new MsbDefinitionError("The body", [{ path: "uuid", message: "is not the one of the path" }]);
      }
      broker.configure(service.uuid, jsonOf("params") ?? body.params);
      return c.json({ uuid: service.uuid, params: body.params });
    });
  }
}

/** The self-description without its tokens, which are secrets of its services, and what the management adds. */
export function describeForMsb({ service, lifecycleState, connected, lastSeen }: KnownService): object {
  return { ...withoutToken(service.selfDescription), lifecycleState, connected, lastSeen };
}

/** Those of a gateway's services, too; how deep they are nested was checked when it registered. */
function withoutToken({ token: _, services, ...description }: SelfDescription): object {
  const nested = services?.map((each) => withoutToken(each as SelfDescription));
  return nested === undefined ? description : { ...description, services: nested };
}
