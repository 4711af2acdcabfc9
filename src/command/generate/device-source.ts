import type { Service, ServiceEvent, ServiceFunction } from "./description/service.ts";
import type { NamedService } from "./generate-contract.ts";
import { block, callOf, exampleArguments, identity, lines, RUN_MAIN } from "./program-parts.ts";
import { type Doc, stacked } from "./source/doc.ts";
import { keyLiteral, memberAccess, stringLiteral } from "./source/literals.ts";
import type { Names } from "./source/names.ts";

/** The program of the services themselves: handlers that answer with examples, and an example of each event. */
export function deviceParts(
  services: readonly NamedService[],
  gateway: Service | undefined,
  names: Names,
): Doc[] {
  const isOnly = services.length === 1;
  const devices = services.map((each) => ({
    ...each,
    device: isOnly ? "device" : names.constant(`${each.name}Device`, "device"),
  }));
  const [first] = services;
  const own = gateway ?? first?.service;
  return [
    'const url = process.env["MSB_URL"] ?? "http://127.0.0.1:8085";',
    ["const client = new MsbClient(", own === undefined ? "" : identity(clientOf(own, gateway)), ");"],
    ...devices.flatMap(({ device, name, service }): Doc[] => {
      const constant = publishedBy(service).length > 0 ? `const ${device} = ` : "";
      const host = service === own ? "client" : names.constant(`${name}Service`, "service");
      const implement: Doc = [`${constant}${host}.implement(${name}, `, handlers(service), ");"];
      return service === own
        ? [implement]
        : [lines([`const ${host} = client.addService(`, identity(service), ");"], implement)];
    }),
    mainOf(devices),
    RUN_MAIN,
  ];
}

/** Only a gateway has services behind it, whatever it is called. */
function clientOf(own: Service, gateway: Service | undefined): Service {
  return gateway === undefined ? own : { ...own, type: "Gateway" };
}

function handlers(service: Service): Doc {
  return stacked(
    "{",
    service.functions.map((each): Doc => [keyLiteral(each.id), ": ", handler(each, service)]),
    "}",
  );
}

function handler({ id, payload, responds }: ServiceFunction, service: Service): Doc {
  const received = { none: undefined, payload: "dataObject", parameters: "parameters" }[payload.kind];
  const [answer, ...others] = responds;
  const value = answer === undefined ? [] : exampleOfEvent(answer, service);
  // What is returned is the only answer, unless that has no payload.
  const isRespond = answer !== undefined && (others.length > 0 || value.length === 0);
  const parts = [received, isRespond ? "respond" : undefined].filter((part) => part !== undefined);
  const head = parts.length === 0 ? "()" : `({ ${parts.join(", ")} })`;
  const logged = received === undefined ? stringLiteral(id) : `${stringLiteral(id)}, ${received}`;
  const body: Doc[] = [`console.log(${logged});`];
  if (isRespond) {
    body.push(["await ", callOf("respond", [stringLiteral(answer), ...value]), ";"]);
  } else if (value.length > 0) {
    body.push(["return ", ...value, ";"]);
  }
  return block(`${isRespond ? "async " : ""}${head} =>`, body);
}

function exampleOfEvent(eventId: string, { events }: Service): Doc[] {
  const format = events.find(({ id }) => id === eventId)?.format;
  return exampleArguments(format === undefined ? { kind: "none" } : { kind: "payload", format });
}

/** The events that are not answers of functions. */
function publishedBy({ events, functions }: Service): ServiceEvent[] {
  const answers = new Set(functions.flatMap(({ responds }) => responds));
  return events.filter(({ id }) => !answers.has(id));
}

function mainOf(devices: readonly (NamedService & { readonly device: string })[]): Doc {
  const published = devices.flatMap(({ device, service }) =>
    publishedBy(service).map(({ id }): Doc => {
      const event = memberAccess(`${device}.events`, id);
      return ["await ", callOf(`${event}.publish`, exampleOfEvent(id, service)), ";"];
    }),
  );
  const lead =
    published.length === 0 ? [] : ["// One of each, with an example. When they happen is yours to say."];
  return block("async function main(): Promise<void>", ["await client.start(url);", ...lead, ...published]);
}
