import type { BareClient } from "../broker/bare-client.ts";
import { describeService, eventMessage } from "../broker/describe.ts";
import { ask } from "../broker/rest.ts";
import type { Random } from "../chaos/random.ts";
import { EVIL_FORMATS } from "./evil-formats.ts";
import { WORST } from "./worst-messages.ts";

/** What an attack has at hand: its service `attacker` is registered on `client`. */
interface Attacker {
  readonly url: string;
  readonly client: BareClient;
  readonly random: Random;
}

/** One step of an attack: what is measured. It resolves when the broker has dealt with it. */
export type Step = (attacker: Attacker) => Promise<unknown>;

const nested = (random: Random) => {
  const depth = random.int(90, 100_000);
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ['[{"a":', "}]"],
  ]);
  return `${open.repeat(depth)}0${close.repeat(depth)}`;
};
const filler = (random: Random) => {
  const part = random.pick(["{},", "[],", "1,", '"",', '"a",', "[{}],", "null,"]);
  return `[${part.repeat(random.int(1, Math.floor(900_000 / part.length)))}0]`;
};
const anything = (random: Random) => (random.int(0, 1) === 0 ? nested(random) : filler(random));
const FLOW = { from: { uuid: "attacker", eventId: "E1" }, to: { uuid: "offline", functionId: "F1" } };
const post = (url: string, path: string, body: unknown) => ask(url, "POST", path, body);
const text = (pattern: string, random: Random) =>
  pattern.repeat(random.int(1, Math.floor(900_000 / pattern.length)));

const hole = (random: Random) =>
  text(random.pick(["${", "${}", "${/dataObject}", "${/a}", "$", "}", "${${}}", "${/dataObject"]), random);

/** Waits until everything that was sent before has been dealt with. */
async function settle(client: BareClient): Promise<void> {
  client.send('E {"uuid":"nobody","eventId":"the end","correlationId":"x"}');
  while ((await client.next()) !== "NIO_EVENT_FORWARDING_ERROR") {
    // Answers to what was sent before.
  }
}

const addFlow = async ({ url, client }: Attacker, body: unknown) => {
  const { body: added } = await post(url, "/broker/flows", body);
  await client.ask(eventMessage("attacker", { dataObject: { a: "x".repeat(1_000) } }));
  await ask(url, "DELETE", `/broker/flows/${added.id ?? 0}`);
};

/** Over REST. */
const REST: Readonly<Record<string, Step>> = {
  "a template": (attacker) =>
    addFlow(attacker, { ...FLOW, mapping: { "/a": { template: hole(attacker.random) } } }),
  "a mapping of many places": (attacker) => {
    const count = attacker.random.int(1, 40_000);
    const pointer = attacker.random.pick(["/dataObject", "/dataObject/a/b/c", "/uuid/x"]);
    const mapping = Object.fromEntries(Array.from({ length: count }, (_, index) => [`/p${index}`, pointer]));
    return addFlow(attacker, { ...FLOW, mapping });
  },
  "a constant": (attacker) =>
    addFlow(
      attacker,
      `{"from":{"uuid":"attacker","eventId":"E1"},"to":{"uuid":"o","functionId":"F"},"mapping":{"/a":{"value":${anything(attacker.random)}}}}`,
    ),
  "a flow document": ({ url, random }) => {
    const part = random.pick([
      "{}",
      '{"@id":1}',
      '{"inputs":[1],"processors":[1]}',
      '{"@id":1,"inputs":[{"@id":1}]}',
    ]);
    const name = random.pick(["transitions", "services", "sources"]);
    const count = random.int(1, Math.floor(900_000 / part.length));
    return post(
      url,
      "/integrationFlow/create",
      `{"transitions":[],"${name}":[${`${part},`.repeat(count)}{}]}`,
    );
  },
  "a flow document of many references": ({ url, random }) => {
    const numbers = (most: number) => `[${"1,".repeat(random.int(1, most))}1]`;
    const name = random.pick(["inputs", "services", "any", "sources"]);
    const other = random.pick(['{"@id":1}', `{"@id":1,"${name}":[]}`]);
    const first = `{"@id":1,"${name}":${numbers(200_000)}}`;
    return post(
      url,
      "/integrationFlow/create",
      `{"transitions":[${first}${`,${other}`.repeat(random.int(1, 18_000))}],"services":${numbers(80_000)}}`,
    );
  },
  "a template in a flow document": ({ url, random }) => {
    const event = { "@id": 1, eventId: "E1", service: { "@id": 1, uUID: "attacker" } };
    const call = { functionId: "F1", service: { "@id": 2, uUID: "offline" } };
    const source = Array.from({ length: random.int(0, 100) }, (_, index) => ({ path: `/${index % 10}` }));
    const pointers = Array.from({ length: random.int(1, 90_000) }, (_, index) => `\${/${index}}`).join("");
    const template = random.pick([pointers, hole(random)]);
    const pattern = { mapping: [{ source, target: { path: "/a", template } }] };
    const processor = { "@id": 1, inputs: [1], pattern, output: { "@id": 2, transitionOutput: call } };
    const inputs = [{ "@id": 1, transitionInput: event, processors: [processor] }];
    return post(url, "/integrationFlow/create", { transitions: [{ "@id": 1, inputs }] });
  },
  "any body": ({ url, random }) =>
    post(
      url,
      random.pick([
        ...(["/broker/flows", "/integrationFlow/create", "/broker/faults", "/service/verify/me"] as const),
        ...(["/broker/services/attacker/call", "/broker/services/attacker/event"] as const),
        ...(["/broker/services/attacker/configuration", "/service/attacker/configuration"] as const),
      ]),
      random.pick([anything(random), `{"a":${anything(random)}}`, `{"params":${anything(random)}}`, "", "{"]),
    ),
  "what there is": ({ url, random }) =>
    ask(
      url,
      "GET",
      random.pick([
        ...(["/broker/state", "/broker/flows", "/broker/messages?limit=10000", "/v3/api-docs"] as const),
        ...(["/broker/messages?contains=a", "/broker/faults", "/integrationFlow/customer/me"] as const),
      ]),
    ),
};

/** Over the websocket. */
const MESSAGES: Readonly<Record<string, Step>> = {
  ...Object.fromEntries(
    Object.entries(WORST).map(([name, worst]): [string, Step] => [
      name,
      async ({ client, random }) => {
        client.send(worst("attacker", `other${random.int(1, 20)}`));
        await settle(client);
      },
    ]),
  ),
  "a message that is nested": async ({ client, random }) => {
    client.send(`${random.pick(["E", "R", "E ", "X"])}${random.pick(["", '{"uuid":'])}${nested(random)}`);
    await settle(client);
  },
  "a frame of many messages": async ({ client, random }) => {
    const message = random.pick([
      "",
      "E",
      "E{}",
      "R{}",
      "pong",
      eventMessage("attacker"),
      eventMessage("nobody"),
    ]);
    client.send(...Array.from({ length: random.int(1, 1_000) }, () => message));
    await settle(client);
  },
};

const FORMATS: Readonly<Record<string, Step>> = Object.fromEntries(
  Object.entries(EVIL_FORMATS).flatMap(([name, make]): [string, Step][] => {
    const register = ({ client }: Attacker, uuid: string, changes: object) =>
      client.ask(`R ${JSON.stringify(describeService(uuid, { functions: [], events: [], ...changes }))}`);
    return [
      [
        `${name}: registered for a function`,
        (attacker) => {
          const functions = [{ functionId: "F", dataFormat: make(attacker.random).dataFormat }];
          return register(attacker, "called", { functions });
        },
      ],
      [
        `${name}: registered for an event`,
        (attacker) => {
          const events = [{ "@id": 1, eventId: "E", dataFormat: make(attacker.random).dataFormat }];
          return register(attacker, "published", { events });
        },
      ],
      [
        `${name}: called`,
        ({ url, random }) => {
          const { value } = make(random);
          const body = {
            functionId: "F",
            value,
            ...(name === "many named parameters" ? { parameters: {} } : {}),
          };
          return post(url, "/broker/services/called/call", body);
        },
      ],
      [
        `${name}: published`,
        ({ url, random }) =>
          post(url, "/broker/services/published/event", { eventId: "E", value: make(random).value }),
      ],
    ];
  }),
);

export const STEPS: Readonly<Record<string, Step>> = { ...REST, ...MESSAGES, ...FORMATS };
