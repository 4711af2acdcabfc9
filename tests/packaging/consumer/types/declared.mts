// A library of a user: with `declaration: true` the compiler has to write down every type here that it has found by itself.
import {
  type ComplexDataFormat,
  contract,
  DataType,
  exponentialBackoff,
  identityFromProperties,
  isomorphicSocket,
  MsbClient,
  MsbDefinitionError,
  MsbError,
  MsbRefusedError,
  MsbValueError,
} from "msb-client-websocket";
import * as z from "zod/mini";

export const press = contract({
  events: { SPEED: z.int32(), HEATED: null, FAILED: { dataFormat: z.string(), priority: "HIGH" } },
  functions: {
    SET_SPEED: { dataFormat: z.int32(), responds: "SPEED" },
    HEAT: {
      parameters: { celsius: z.number(), note: z.optional(z.string()) },
      responds: ["HEATED", "FAILED"],
    },
    STOP: null,
  },
  parameters: { limit: { type: "int32", value: 90 } },
});

export const makeClient = () =>
  new MsbClient({ type: "SmartObject", uuid: "u", name: "Press", description: "", token: "t" }).set({
    ackTimeout: 5_000,
  });
export const addEvents = (client: MsbClient) => ({
  reading: client.addEvent({ eventId: "READING", dataFormat: z.object({ celsius: z.number() }) }),
  count: client.addEvent("COUNT", "Count", "", DataType.INT32, "LOW", true),
  plain: client.addEvent("PLAIN"),
});
export const addFunctions = (client: MsbClient, { count }: ReturnType<typeof addEvents>) =>
  client.addFunction({
    functionId: "COUNT_UP",
    parameters: { by: "int32" },
    responseEvents: [count],
    handler: ({ parameters }) => [parameters.by],
  });
export const implementPress = (client: MsbClient) =>
  client.implement(press, {
    SET_SPEED: ({ dataObject }) => dataObject,
    HEAT: ({ parameters, respond }) => respond("HEATED", { correlationId: String(parameters.celsius) }),
    STOP: () => {},
  });
export const usePress = (client: MsbClient) => client.counterpart(press, { uuid: "press-7" });
export const callPress = (client: MsbClient) => usePress(client).call("HEAT", { celsius: 90 });
export const listen = (client: MsbClient) => usePress(client).events("SPEED");
export const parameter = (client: MsbClient) => client.addConfigParameter("limit", 90, "int32");
export const onEvents = (client: MsbClient) => client.on("stateChange", ({ state }) => state);
export const describe = (client: MsbClient) => client.getSelfDescription();
export const stats = (client: MsbClient) => client.stats();

// Parts of the interface, as a wrapper picks them.
export const errorOptions = (...[, , options]: ConstructorParameters<typeof MsbError>) => options;
export const handlersOf = (
  ...[, handlers]: Parameters<typeof implementPress> extends [infer C extends MsbClient]
    ? Parameters<C["implement"]>
    : never
) => handlers;
export const publishArguments =
  (event: ReturnType<typeof addEvents>["count"]) =>
  (...args: Parameters<typeof event.publish>) =>
    args;
export const contractParameters = (...args: Parameters<typeof contract>) => args;
export const definitions = (format: ComplexDataFormat) => format.toDefinitions();
export const setting = (client: MsbClient) => client.set;
export const adding = (client: MsbClient) => ({ event: client.addEvent, function: client.addFunction });
export const errors = { MsbDefinitionError, MsbError, MsbRefusedError, MsbValueError };
export const helpers = { exponentialBackoff, identityFromProperties, isomorphicSocket };
export abstract class Machine extends MsbClient<typeof press> {
  readonly device = this.implement(press, {
    SET_SPEED: ({ dataObject }) => dataObject,
    HEAT: () => {},
    STOP: () => {},
  });
}

export const misspelt = contract({
  // @ts-expect-error: an unknown type is a compile error.
  events: { SPEED: { dataFormat: "int23", name: "Speed" } },
});
