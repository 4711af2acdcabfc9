// What compiles and what does not: `tsc` is the judge (`npm run typecheck`), every @ts-expect-error has to be needed.
import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import {
  type ConfigParameter,
  DataType,
  MsbClient,
  type MsbClientOptions,
  type MsbEvent,
  type RetryPolicy,
  type TlsOptions,
} from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";

const client = new MsbClient({ ...identity(), logLevel: "silent" });
const Reading = z.object({ celsius: z.number(), tags: z.array(z.string()).optional() });

describe("types", () => {
  it("of a client from a file take what counts before the file, and nothing that is unknown", () => {
    const make = (): MsbClient[] => [
      new MsbClient({ propertiesFile: "press.properties", name: "Mine", uuid: "press-7", cached: true }),
      // @ts-expect-error: there is no such field
      new MsbClient({ propertiesFile: "press.properties", nam: "Mine" }),
      // @ts-expect-error: the name of a service is a string
      new MsbClient({ propertiesFile: "press.properties", name: 5 }),
      // @ts-expect-error: without a file the whole identity is needed
      new MsbClient({ name: "Mine" }),
    ];
    expectTypeOf(make).returns.toEqualTypeOf<MsbClient[]>();
  });

  it("of events follow from zod, zod/mini and the simple types", () => {
    expectTypeOf(client.addEvent({ eventId: "1", dataFormat: Reading })).toEqualTypeOf<
      MsbEvent<{ celsius: number; tags?: string[] | undefined }>
    >();
    expectTypeOf(client.addEvent({ eventId: "2", dataFormat: mini.string(), isArray: true })).toEqualTypeOf<
      MsbEvent<string[]>
    >();
    expectTypeOf(client.addEvent({ eventId: "3", dataFormat: DataType.BOOLEAN })).toEqualTypeOf<
      MsbEvent<boolean>
    >();
    expectTypeOf(client.addEvent({ eventId: "4", dataFormat: "int" })).toEqualTypeOf<MsbEvent<number>>();
    expectTypeOf(client.addEvent({ eventId: "5" })).toEqualTypeOf<MsbEvent<undefined>>();
    expectTypeOf(client.addEvent({ eventId: "6", dataFormat: null })).toEqualTypeOf<MsbEvent<undefined>>();
    expectTypeOf(client.addEvent("7", "n", "d", "date-time", 1)).toEqualTypeOf<MsbEvent<string>>();
    expectTypeOf(client.addEvent("8", "n", "d", z.int32(), "HIGH", true)).toEqualTypeOf<MsbEvent<number[]>>();
  });

  it("refuse wrong values to publish", () => {
    const reading = client.addEvent({ eventId: "reading", dataFormat: Reading });
    const nothing = client.addEvent({ eventId: "nothing" });
    const anything = client.addEvent({ eventId: "anything", dataFormat: '{"type":"object"}' });
    const unknown: MsbEvent = nothing;
    const maybe = nothing as unknown as MsbEvent<string | undefined>;
    const check = (): void => {
      void reading.publish({ celsius: 1 });
      void reading.publish({ celsius: 1, tags: ["a"] }, { cached: true, priority: 2 });
      // @ts-expect-error a text is no number
      void reading.publish({ celsius: "1" });
      // @ts-expect-error there has to be a value
      void reading.publish();
      // @ts-expect-error the option is called correlationId
      void reading.publish({ celsius: 1 }, { correlationID: "c" });
      void nothing.publish();
      void nothing.publish(undefined, { cached: true });
      void nothing.publish({ cached: true, priority: "HIGH" });
      // @ts-expect-error the option is called correlationId
      void nothing.publish({ correlationID: "c" });
      // @ts-expect-error options come first or second, not twice
      void nothing.publish({ cached: true }, { cached: true });
      // @ts-expect-error there is no payload
      void nothing.publish(5);
      void anything.publish({ a: 1 }, { cached: true });
      void unknown.publish();
      void unknown.publish({ a: 1 }, { cached: true });
      void maybe.publish();
      void maybe.publish("text", { cached: true });
      // @ts-expect-error here the first is the value
      void maybe.publish({ cached: true });
    };
    expectTypeOf(check).toBeFunction();
  });

  it("of handlers follow from data format, parameters and response events", () => {
    const speedChanged = client.addEvent({ eventId: "speedChanged", dataFormat: z.int32() });
    client.addFunction({
      functionId: "1",
      dataFormat: z.object({ speed: z.int32() }),
      responseEvents: [speedChanged],
      handler: ({ dataObject, correlationId, functionId, respond }) => {
        expectTypeOf(dataObject).toEqualTypeOf<{ speed: number }>();
        expectTypeOf(correlationId).toEqualTypeOf<string | undefined>();
        expectTypeOf(functionId).toEqualTypeOf<string>();
        // @ts-expect-error the event carries a number
        void (() => respond(speedChanged, "fast"));
        return dataObject.speed;
      },
    });
    client.addFunction({
      functionId: "2",
      parameters: { speed: z.int32(), name: "string", reason: mini.optional(mini.string()) },
      handler: ({ parameters, dataObject }) => {
        expectTypeOf(parameters).toEqualTypeOf<{ speed: number; name: string; reason: string | undefined }>();
        expectTypeOf(dataObject).toEqualTypeOf<undefined>();
      },
    });
    client.addFunction({
      functionId: "3",
      dataFormat: DataType.DOUBLE,
      isArray: true,
      handler: ({ dataObject }) => expectTypeOf(dataObject).toEqualTypeOf<number[]>(),
    });
    client.addFunction({
      functionId: "4",
      responseEvents: [speedChanged],
      // @ts-expect-error the response event carries a number
      handler: () => "fast",
    });
    client.addFunction({ functionId: "5", responseEvents: [speedChanged], handler: async () => 5 });
    client.addFunction({ functionId: "6", responseEvents: [speedChanged], handler: () => {} });
    client.addFunction({
      functionId: "8",
      responseEvents: [speedChanged],
      handler: ({ respond }) => respond(speedChanged, 5),
    });
    client.addFunction({
      functionId: "9",
      dataFormat: "string",
      isArray: null,
      responseEvents: null,
      handler: ({ dataObject }) => void expectTypeOf(dataObject).toEqualTypeOf<string>(),
    });
    client.addFunction(
      "7",
      "n",
      "d",
      "string",
      ({ dataObject }) => void expectTypeOf(dataObject).toEqualTypeOf<string>(),
    );
  });

  it("of configuration parameters follow from their type", () => {
    const limit = client.addConfigParameter("limit", 80, DataType.INT32);
    expectTypeOf(limit).toEqualTypeOf<ConfigParameter<number>>();
    expectTypeOf(client.addConfigParameter("on", true, "boolean").value).toEqualTypeOf<boolean>();
    const check = (): void => {
      // @ts-expect-error a text is no int32
      client.addConfigParameter("wrong", "80", DataType.INT32);
      // @ts-expect-error a text is no int32
      void limit.change("90");
    };
    expectTypeOf(check).toBeFunction();
  });

  it("of identities and settings are closed", () => {
    const check = (): void => {
      // @ts-expect-error the token is missing
      new MsbClient({ type: "SmartObject", uuid: "u", name: "n", description: "d" });
      // @ts-expect-error there is no such type
      new MsbClient({ ...identity(), type: "Robot" });
      // @ts-expect-error there is no such setting
      new MsbClient({ ...identity(), sockJSFraming: true });
    };
    expectTypeOf(check).toBeFunction();
  });

  it("of settings are those of what they set", () => {
    expectTypeOf<Required<MsbClientOptions>["url"]>().toEqualTypeOf<string>();
    expectTypeOf<Required<MsbClientOptions>["keepAlive"]>().toEqualTypeOf<boolean>();
    expectTypeOf<Required<MsbClientOptions>["whenFull"]>().toEqualTypeOf<"dropOldest" | "reject">();
    expectTypeOf<Required<MsbClientOptions>["tls"]>().toEqualTypeOf<TlsOptions>();
    expectTypeOf<Required<MsbClientOptions>["retryPolicy"]>().toEqualTypeOf<RetryPolicy>();
    expectTypeOf<Required<MsbClientOptions>["random"]>().toEqualTypeOf<() => number>();
    const check = (): void => {
      // @ts-expect-error what is left out is left out
      new MsbClient({ ...identity(), url: undefined });
      // @ts-expect-error there is no such way
      new MsbClient({ ...identity(), whenFull: "drop" });
    };
    expectTypeOf(check).toBeFunction();
  });
});
