import { Comment, CommentTag, Converter, ReflectionKind } from "typedoc";

/** What a user does, and where the names for it are declared: the first folder or file that fits. In the order of the sidebar. */
const GROUPS = {
  Client: ["src/client/client", "src/client/service.ts", "src/session/state", "src/session/stats"],
  Options: [
    "src/session/batch-schema",
    "src/client/settable-client",
    "src/session/options",
    "src/session/reconnecting",
    "src/core/validation",
  ],
  "Events and publishing": [
    "src/client/event.ts",
    "src/client/pub",
    "src/core/self-description/event",
    "src/core/self-description/priority",
    "src/core/codec",
  ],
  "Functions and calls": ["src/client/function", "src/core/self-description/function"],
  "Configuration parameters": ["src/client/config-parameter", "src/core/self-description/configuration"],
  "Describing a service": ["src/core/self-description"],
  "Data formats": ["src/core/data-format"],
  Contract: ["src/client/contract"],
  Counterpart: ["src/client/counterpart", "src/client/states"],
  Middleware: ["src/client/middleware"],
  Stores: ["src/core/event-cache", "src/level-store"],
  Sockets: ["src/socket", "src/platform"],
  Errors: ["src/support/errors"],
  "Log, clock and listeners": ["src/support"],
  // `HELPER_TYPES`, types inside of types: what editors and compilers show, and few programs name.
  "Helper types": [],
  "Start a broker": [
    "src/broker/start",
    "src/broker/api",
    "src/broker/options",
    "src/broker/listen",
    "src/broker/access",
    "src/broker/transport/http-server",
  ],
  "What it saw": ["src/broker/observing", "src/broker/protocol/event", "src/broker/protocol/raw-json"],
  "Registered services": ["src/broker/services", "src/broker/transport"],
  "Calls and events": ["src/broker/messaging"],
  Flows: ["src/broker/flows"],
  Faults: ["src/broker/faults", "src/broker/protocol/refusals"],
  "With a broker": ["src/testing/test-", "src/testing/arrivals"],
  "Without a broker": ["src/testing"],
};

export const GROUP_NAMES = Object.keys(GROUPS);

const HELPER_TYPES = new Set([
  ...[
    "AnyFunctionHandler",
    "CallAnswer",
    "CallValueOf",
    "CommonFunctionEntry",
    "EntryFieldOf",
    "EventEntries",
  ],
  ...["EventIdOf", "EventReference", "FunctionEntries", "FunctionIdOf", "HandlerArguments", "HandlerReturn"],
  ...["IsLiteral", "OnlyResponseIdOf", "ParameterDefinitions", "ParameterEntries", "ParametersOf"],
  ...["ParametersOfEntry", "ParameterValuesOf", "PayloadOf", "PayloadOfEntry", "PriorityNumber"],
  ...["PublishArguments", "RespondsOf", "ResponseEvents", "ResponseIdOf", "SettableClient", "StartsAsJson"],
  ...[
    "ValidDataFormat",
    "ValidDataFormats",
    "ValidEntries",
    "ValidEntry",
    "ValueAndOptions",
    "ValueOfDataType",
  ],
]);

/** What users import, by the names that TypeDoc has for it. */
const ENTRIES = {
  index: [
    "msb-client-websocket",
    "The client, contracts, data formats and errors: for browsers and Node.js.",
  ],
  "level-store": [
    "msb-client-websocket/level-store",
    "Keeps events on disk, or in the IndexedDB of a browser.",
  ],
  broker: [
    "msb-client-websocket/broker",
    "The development broker, started by your own program. Node.js only.",
  ],
  testing: ["msb-client-websocket/testing", "What you test your services with. Node.js only."],
};

/** Every exported name comes into a group; one that fits in none is a warning, and so an error. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.SomeModule)) {
      const [name, description] = ENTRIES[reflection.name];
      reflection.name = name;
      reflection.comment = new Comment([{ kind: "text", text: description }]);
      for (const child of reflection.children ?? []) {
        const file = project.getSymbolIdFromReflection(child)?.packagePath ?? "";
        const group = HELPER_TYPES.has(child.name)
          ? "Helper types"
          : GROUP_NAMES.find((name) => GROUPS[name].some((start) => file.startsWith(start)));
        if (group === undefined) {
          app.logger.warn(
            `docs/.vitepress/api/groups.mjs: no group has ${file}, where ${child.name} is declared.`,
          );
        } else {
          for (const documented of child.signatures ?? [child]) {
            documented.comment ??= new Comment();
            documented.comment.blockTags.push(new CommentTag("@category", [{ kind: "text", text: group }]));
          }
        }
      }
    }
  });
}
