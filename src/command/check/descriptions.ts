/** A self-description as it goes out: unlike that of the client, it may be wrong. */
export interface Description {
  readonly "@class": string;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly token: string;
  readonly events: readonly object[];
  readonly functions: readonly object[];
  readonly configuration: { readonly parameters: Readonly<Record<string, object>> };
  readonly services?: readonly object[];
}

/** The event of the services that publish. */
export const EVENT_ID = "CHECK";

const TEXT = { dataObject: { type: "string" } };

export function describeEvent(id: number, eventId: string, dataFormat?: object): object {
  const event = { "@id": id, eventId, name: eventId, description: "An event" };
  return dataFormat === undefined ? event : { ...event, dataFormat };
}

export function describeFunction(
  functionId: string,
  dataFormat?: object,
  responseEvents?: readonly number[],
): object {
  const described = { functionId, name: functionId, description: "A function" };
  return {
    ...described,
    ...(dataFormat === undefined ? {} : { dataFormat }),
    ...(responseEvents === undefined ? {} : { responseEvents }),
  };
}

/** A service with one event, `CHECK`, whose payload is a string. */
export function describePublisher(
  identity: Omit<Description, "events" | "functions" | "configuration">,
): Description {
  return {
    ...identity,
    events: [describeEvent(1, EVENT_ID, TEXT)],
    functions: [],
    configuration: { parameters: {} },
  };
}

/** An `E` of it. */
export function eventMessage(uuid: string, changes: object = {}): string {
  const event = {
    uuid,
    eventId: EVENT_ID,
    priority: 0,
    postDate: new Date().toISOString(),
    dataObject: "check",
  };
  return `E ${JSON.stringify({ ...event, ...changes })}`;
}
