const SIZE = 900_000;

/** The service that every attacker registers; the flow of the broker leads from it to a service that is offline. */
export function attackerOf(uuid: string): string {
  const events = [{ "@id": 1, eventId: "E1" }];
  return registration({ uuid, events });
}

const repeat = (part: string) => part.repeat(SIZE / part.length);
const list = (item: string) => `[${repeat(`${item},`)}0]`;
const event = (uuid: string, dataObject: string, more = "") =>
  `E {"uuid":"${uuid}","eventId":"E1",${more}"dataObject":${dataObject}}`;
const registration = (changes: object) =>
  `R ${JSON.stringify({ "@class": "SmartObject", name: "n", token: "t", ...changes })}`;
const withPart = (uuid: string, part: string) =>
  `R {"@class":"SmartObject","uuid":"${uuid}","name":"n","token":"t","other":${part}}`;

/** A message that costs its receiver as much as possible. @param uuid the attacker. @param other another for each message. */
export type WorstMessage = (uuid: string, other: string) => string;

export const WORST: Readonly<Record<string, WorstMessage>> = {
  "event of objects": (uuid) => event(uuid, list("{}")),
  "event of lists": (uuid) => event(uuid, list("[]")),
  "event of numbers": (uuid) => event(uuid, list("1.5")),
  "event of characters of two bytes": (uuid) => event(uuid, `"${repeat("€").slice(0, SIZE / 3)}"`),
  "event with a long correlation id": (uuid) => event(uuid, "0", `"correlationId":"${repeat("c")}",`),
  "event of a stranger with a long uuid": () => event(repeat("u"), "0"),
  "registration of objects": (_, other) => withPart(other, list("{}")),
  "registration of text": (_, other) => withPart(other, `"${repeat("x")}"`),
  "registration of many events": (_, other) =>
    registration({ uuid: other, events: Array.from({ length: 10_000 }, (_, id) => ({ eventId: `${id}` })) }),
  "gateway of many services": (_, other) =>
    registration({
      ...{ uuid: other, "@class": "Gateway" },
      services: Array.from({ length: 900 }, (_, index) => ({
        ...{ "@class": "SmartObject", uuid: `${other}-${index}`, name: "n", description: "d".repeat(900) },
      })),
    }),
  "registration full of mistakes": (_, other) =>
    `R {"@class":"SmartObject","uuid":"${other}","events":[${repeat("{},")}{}]}`,
  "unknown message": () => `X ${repeat("x")}`,
};
