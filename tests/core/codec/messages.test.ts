import { describe, expect, it } from "vitest";
import { decodeMessage, EventEncoder, encodeRegistration } from "../../../src/core/codec/index.ts";
import type { Json } from "../../../src/core/data-format/json.ts";
import fc from "../../support/properties.ts";
import { anyText } from "../../support/texts.ts";

describe("incoming messages", () => {
  it.each([
    ["IO_CONNECTED", "connected"],
    ["IO_REGISTERED", "registered"],
    ["IO_PUBLISHED", "published"],
    ["ping", "ping"],
    ["IO_PUBLISHED\n", "published"],
  ])("%j is %s", (text, type) => expect(decodeMessage(text)).toEqual({ type }));

  it.each([
    ["NIO_ALREADY_CONNECTED", "registrationRefused"],
    ["NIO_UNAUTHORIZED_CONNECTION", "registrationRefused"],
    ["NIO_REGISTRATION_ERROR", "registrationRefused"],
    ["NIO_UNEXPECTED_REGISTRATION_ERROR", "registrationRefused"],
    ["NIO_EVENT_FORWARDING_ERROR", "eventRefused"],
    ["NIO_UNEXPECTED_EVENT_FORWARDING_ERROR", "eventRefused"],
  ])("%s is %s", (reply, type) => expect(decodeMessage(reply)).toEqual({ type, reply }));

  it.each(["C ", "C", "C  \n "])("reads a call after %j", (head) => {
    const text = `${head}{ "uuid":"u",\n"functionId":"/F1","correlationId":"c","functionParameters":{"dataObject":[1]} }`;
    expect(decodeMessage(text)).toEqual({
      type: "call",
      call: {
        uuid: "u",
        functionId: "/F1",
        correlationId: "c",
        functionParameters: { dataObject: [1] },
        hasPrototypeKey: false,
        size: text.length,
      },
    });
  });

  it.each([
    '{"uuid":"u","functionId":"F"}',
    '{"uuid":"u","functionId":"F","correlationId":null,"functionParameters":null,"httpMethod":"GET"}',
  ])("takes a call with what may be missing or null missing or null", (json) =>
    expect(decodeMessage(`C ${json}`)).toEqual({
      type: "call",
      call: {
        uuid: "u",
        functionId: "F",
        correlationId: undefined,
        functionParameters: {},
        hasPrototypeKey: false,
        size: expect.any(Number),
      },
    }),
  );

  it("keeps keys that would change a prototype, harmlessly", () => {
    const message = decodeMessage(
      'C {"uuid":"u","functionId":"F","functionParameters":{"__proto__":{"polluted":true}}}',
    );
    if (message.type !== "call") {
      throw new Error(message.type);
    }
    expect(JSON.stringify(message.call.functionParameters)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['{"__proto__":1}', true],
    [String.raw`{"a":[{"b":{"\u005f_prot\u006F__":null}}]}`, true],
    [String.raw`{"\u005F\u005f\u0070\u0072\u006f\u0074\u006f\u005f\u005f":1}`, true],
    // Only text.
    ['{"a":"__proto__","__proto":1,"___proto__":1}', false],
    [String.raw`{"a\"__proto__":1,"\\u005f_proto__":1,"\u00e4":2}`, false],
    ['{"proto":1}', false],
  ])("tells whether a call has a member __proto__: %s", (parameters, hasPrototypeKey) => {
    const message = decodeMessage(`C {"uuid":"u","functionId":"F","functionParameters":${parameters}}`);
    expect(message).toMatchObject({ type: "call", call: { hasPrototypeKey } });
  });

  it("reads a configuration", () => {
    expect(decodeMessage('K {"uuid":"u","params":{"testParam1":5}}')).toEqual({
      type: "configuration",
      configuration: { uuid: "u", params: { testParam1: 5 } },
    });
  });

  it.each([
    ["C {", "SyntaxError"],
    ['C {"functionId":"F"}', "uuid must be a string"],
    ['C {"uuid":"u","functionId":"F","functionParameters":[1]}', "functionParameters must be an object"],
    ['K {"uuid":"u"}', "params must be an object"],
  ])("%s is malformed: %s", (text, reason) =>
    expect(decodeMessage(text)).toEqual({ type: "malformed", text, reason: expect.stringContaining(reason) }),
  );

  it.each(["IO", "NIO", "", "Configuration", "C", "X {}", "constructor"])("%j is unknown", (text) =>
    expect(decodeMessage(text)).toEqual({ type: "unknown", text }),
  );

  it("never throws", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "C ", "K ", 'C {"uuid":"u",'), anyText, (head, text) => {
        decodeMessage(head + text);
      }),
    );
  });
});

describe("outgoing messages", () => {
  it("leaves out what an event does not have", () => {
    const event = { uuid: "u", eventId: "E1", priority: 0, postDate: "2017-07-14T02:40:00.123Z" } as const;
    const fields = { ...event, correlationId: undefined, payload: undefined };
    expect(new EventEncoder("u", "E1").message(fields)).toBe(
      'E {"uuid":"u","eventId":"E1","priority":0,"postDate":"2017-07-14T02:40:00.123Z"}',
    );
  });

  it("keeps every text of an event, through what UTF-8 can carry", () => {
    fc.assert(
      fc.property(anyText, anyText, (dataObject, correlationId) => {
        const event = {
          uuid: "u",
          eventId: "E1",
          priority: 2,
          postDate: "d",
          correlationId,
          dataObject,
        } as const;
        const wire = Buffer.from(
          new EventEncoder("u", "E1").message({ ...event, payload: JSON.stringify(dataObject) }),
          "utf8",
        ).toString("utf8");
        expect(JSON.parse(wire.slice(2))).toEqual(event);
      }),
    );
  });

  it("is framed as sockJsFraming frames any message, and as long as it says", () => {
    const json = fc.oneof(fc.jsonValue() as fc.Arbitrary<Json>, anyText, fc.constant(undefined));
    const correlation = fc.option(anyText, { nil: undefined });
    fc.assert(
      fc.property(anyText, anyText, json, correlation, (uuid, eventId, dataObject, correlationId) => {
        const fields = {
          priority: 1,
          postDate: "2017-07-14T02:40:00.123Z",
          payload: JSON.stringify(dataObject),
          correlationId,
        } as const;
        const encoder = new EventEncoder(uuid, eventId);
        const message = encoder.message(fields);
        expect(encoder.escaped(fields)).toBe(JSON.stringify(message).slice(1, -1));
        expect(encoder.length(fields)).toBe(message.length);
      }),
    );
  });

  it("registers with R", () => expect(encodeRegistration({ uuid: "u" })).toBe('R {"uuid":"u"}'));
});
