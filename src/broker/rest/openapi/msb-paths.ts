import { createQuery } from "../msb-flows.ts";
import { msbConfigurationSchema, tokenSchema } from "../msb-services.ts";
import {
  arrayOf,
  integer,
  type Json,
  object,
  oneOf,
  operation,
  ref,
  requestSchema,
  string,
} from "./operation.ts";

const SERVICES = "MSB: services";
const FLOWS = "MSB: integration flows";
const anyFlow: Json = { anyOf: [ref("FlowDocument"), ref("Flow")] };
const token = object({ token: string });

/** The operations of the MSB, by path and method. */
export function msbPaths(): Record<string, Json> {
  const paths: Record<string, Json> = {
    "/token/{owner}": {
      post: operation("/token/{owner}", {
        summary: "Issues a token; a service that registers with it is VERIFIED",
        tag: SERVICES,
        status: 201,
        answer: token,
      }),
    },
    "/service/token/{owner}": {
      get: operation("/service/token/{owner}", {
        summary: "The same",
        tag: SERVICES,
        status: 201,
        answer: token,
      }),
    },
    "/integrationFlow/create": {
      post: operation("", {
        summary: "Creates a flow from a flow document or a simple flow",
        tag: FLOWS,
        status: 201,
        body: anyFlow,
        answer: ref("MsbFlow"),
        query: createQuery,
      }),
    },
    "/integrationFlow/create/deploy": {
      post: operation("", {
        summary: "Creates and deploys a flow",
        tag: FLOWS,
        status: 201,
        body: anyFlow,
        answer: ref("MsbFlow"),
      }),
    },
    "/integrationFlow/customer/{owner}": {
      get: operation("/integrationFlow/customer/{owner}", {
        summary: "The flows of an owner, and those that have none",
        tag: FLOWS,
        answer: arrayOf(ref("MsbFlow")),
      }),
    },
    "/integrationFlow/{id}": {
      get: operation("/{id}", { summary: "A flow", tag: FLOWS, answer: ref("MsbFlow") }),
      delete: operation("/{id}", { summary: "Deletes a flow", tag: FLOWS, answer: object({ id: integer }) }),
    },
  };
  for (const action of ["deploy", "undeploy"]) {
    paths[`/integrationFlow/{id}/${action}`] = {
      put: operation("/{id}", {
        summary: action === "deploy" ? "Starts a flow" : "Stops a flow",
        tag: FLOWS,
        answer: ref("MsbFlow"),
      }),
    };
  }
  for (const kind of ["service", "smartobject", "application", "gateway"]) {
    Object.assign(paths, servicePaths(kind));
  }
  for (const path of ["/actuator/info", "/info"]) {
    paths[path] = {
      get: operation("", {
        summary: "Whether the broker is running",
        tag: SERVICES,
        answer: { type: "object" },
      }),
    };
  }
  paths["/actuator/health"] = {
    get: operation("", {
      summary: "Whether the broker is ready",
      tag: SERVICES,
      answer: object({ status: oneOf("UP") }),
      isOpen: true,
    }),
  };
  return paths;
}

function servicePaths(kind: string): Record<string, Json> {
  const configuration = requestSchema(msbConfigurationSchema);
  return {
    [`/${kind}/verify/{owner}`]: {
      post: operation("/{owner}", {
        summary: "Makes the services with this token VERIFIED",
        tag: SERVICES,
        status: 201,
        body: requestSchema(tokenSchema),
        bodyType: "text/plain",
        answer: token,
      }),
    },
    [`/${kind}/{uuid}`]: {
      get: operation("/{uuid}", {
        summary: "A service that is, or was, registered; the kind in the path does not matter",
        tag: SERVICES,
        answer: ref("MsbService"),
      }),
      delete: operation("/{uuid}", {
        summary: "Forgets a service; its connection is closed, and it can register again",
        tag: SERVICES,
        answer: object({ uuid: string }),
      }),
    },
    [`/${kind}/{uuid}/configuration`]: {
      post: operation("/{uuid}", {
        summary: "Changes configuration parameters: K to the client, unchecked",
        tag: SERVICES,
        body: configuration,
        answer: configuration,
      }),
    },
  };
}
