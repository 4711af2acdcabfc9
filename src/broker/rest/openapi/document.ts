import { brokerPaths } from "./broker-paths.ts";
import { msbPaths } from "./msb-paths.ts";
import { type Json, RESPONSES } from "./operation.ts";
import { SCHEMAS } from "./schemas.ts";

/** Each is enough. */
const SECURITY = {
  token: { type: "http", scheme: "bearer" },
  password: { type: "http", scheme: "basic", description: "The token as the password; any user name." },
  query: { type: "apiKey", in: "query", name: "token" },
};

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
      responses: RESPONSES,
      ...(needsToken ? { securitySchemes: SECURITY } : {}),
    },
    ...(needsToken ? { security: Object.keys(SECURITY).map((name) => ({ [name]: [] })) } : {}),
  };
}
