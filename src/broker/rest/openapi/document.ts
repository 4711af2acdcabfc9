import { brokerPaths } from "./broker-paths.ts";
import type { Json } from "./build.ts";
import { msbPaths } from "./msb-paths.ts";
import { SCHEMAS } from "./schemas.ts";

/** The OpenAPI document of everything that the broker serves over HTTP. */
export function openApiDocument(url: string, needsToken: boolean): Json {
  return {
    openapi: "3.0.3",
    info: {
      title: "Development broker of msb-client-websocket",
      version: "1",
      description:
        "The management of services and integration flows as the MSB has it, and the broker's own interface. The websocket interface is at /websocket/data.",
    },
    servers: [{ url }],
    paths: { ...msbPaths(), ...brokerPaths() },
    components: {
      schemas: SCHEMAS,
      ...(needsToken ? { securitySchemes: { token: { type: "http", scheme: "bearer" } } } : {}),
    },
    ...(needsToken ? { security: [{ token: [] }] } : {}),
  };
}
