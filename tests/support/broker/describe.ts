/** A self-description with events `E1`, `E2` and functions `F1`, `F2`, changed by `changes`. */
export function describeService(uuid: string, changes: object = {}): object {
  const string = { dataObject: { type: "string" } };
  return {
    "@class": "SmartObject",
    uuid,
    name: `Service ${uuid}`,
    description: "A test",
    token: "token",
    events: [
      { "@id": 1, eventId: "E1", name: "E1", description: "", dataFormat: string },
      { "@id": 2, eventId: "E2", name: "E2", description: "" },
    ],
    functions: [
      { functionId: "F1", name: "F1", description: "", dataFormat: string, responseEvents: [1] },
      { functionId: "F2", name: "F2", description: "" },
    ],
    configuration: { parameters: { p1: { value: 1000, type: "INTEGER", format: "INT32" } } },
    ...changes,
  };
}

export function eventMessage(uuid: string, changes: object = {}): string {
  return `E ${JSON.stringify({ uuid, eventId: "E1", priority: 2, postDate: "2017-07-14T02:40:00.123Z", dataObject: "x", ...changes })}`;
}
