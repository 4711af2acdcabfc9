// The import rules of docs/project/architecture.md. `npm run check` holds them; tests/house/import-rules.test.ts shows that it would notice.

/** Files of a room, by a regular expression. */
const room = (...names) => `^src/(${names.join("|")})/`;

/** Single files that a room imports besides. */
const BESIDES = {
  // It serves the page, so it knows the file that builds it; the bundle holds what came of it.
  broker: ["^src/console/build.ts$"],
  // They use the SDK as its users do.
  command: ["^src/index.ts$"],
  // The client as it is beside the bundle: there is one class MsbClient.
  testing: ["^src/sdk.ts$"],
};

/** A room imports nothing of `src` but what is named here. */
const onlyInto = (name, ...allowed) => ({
  name: `${name}-only-into`,
  comment: `src/${name} imports from ${[name, ...allowed].map((each) => `src/${each}`).join(", ")} only`,
  severity: "error",
  from: { path: room(name) },
  to: { path: "^src/", pathNot: [room(name, ...allowed), ...(BESIDES[name] ?? [])] },
});

/** A room of the broker that imports nothing of the broker but what is named here; what it may import besides, the broker's rule says. */
const brokerRoom = (name, ...allowed) => ({
  name: `broker-${name}-only-into`,
  comment: `src/broker/${name} imports from ${[name, ...allowed].map((each) => `src/broker/${each}`).join(", ")} only`,
  severity: "error",
  from: { path: room(`broker/${name}`) },
  to: { path: "^src/broker/", pathNot: room(...[name, ...allowed].map((each) => `broker/${each}`)) },
});

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycle",
      comment: "No file reaches itself, not even by its types",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    onlyInto("support"),
    onlyInto("core", "support"),
    onlyInto("socket", "support"),
    onlyInto("platform", "core/self-description", "socket", "support"),
    onlyInto("session", "core", "platform", "socket", "support"),
    onlyInto("client", "session", "core", "platform", "socket", "support"),
    onlyInto("level-store", "core/event-cache", "support"),
    onlyInto("broker", "core", "support"),
    onlyInto("testing", "broker", "client", "session", "core", "platform", "socket", "support"),
    {
      name: "testing-loads-the-broker-late",
      comment: "Scripted clients do without the broker: it is loaded by what starts one, when it does",
      severity: "error",
      from: { path: room("testing") },
      to: { path: room("broker"), dependencyTypesNot: ["type-only", "dynamic-import"] },
    },
    onlyInto("console", "broker", "core", "support"),
    onlyInto("command", "broker", "client", "session", "core", "platform", "socket", "support"),
    brokerRoom("support"),
    brokerRoom("transport"),
    brokerRoom("protocol", "support"),
    brokerRoom("services", "support", "transport"),
    brokerRoom("observing", "support", "transport", "protocol", "services"),
    brokerRoom("faults", "support", "protocol", "observing"),
    brokerRoom("flows", "support", "protocol", "observing"),
    brokerRoom("recording", "support", "transport", "services", "observing"),
    brokerRoom("messaging", "support", "transport", "protocol", "services", "observing", "faults", "flows"),
    {
      name: "commands-stand-alone",
      comment: "What one word after npx msb-client-websocket does is not needed for another",
      severity: "error",
      from: { path: "^src/command/([^/]+)/" },
      to: { path: "^src/command/[^/]+/", pathNot: "^src/command/$1/" },
    },
    {
      name: "console-knows-types-of-the-broker",
      comment:
        "The page shares no code with the broker but the names of refusals and the check of a mapping: else only types",
      severity: "error",
      from: { path: room("console") },
      to: {
        path: room("broker"),
        pathNot: ["^src/broker/protocol/refusals.ts$", "^src/broker/flows/mapping.ts$"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-platform",
      comment: "The same bundle runs in browsers and in Node: no module of Node",
      severity: "error",
      from: {
        path: room("support", "core", "session", "socket", "platform", "client", "console"),
        pathNot: "^src/console/build",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-needs-no-platform-package",
      comment: "The core is transport-agnostic: no package that opens, reads or waits",
      severity: "error",
      from: { path: room("core") },
      to: { path: "node_modules", pathNot: "node_modules/(zod|denque|properties-file)/" },
    },
    {
      name: "src-stands-alone",
      comment: "src never imports what builds, tests or shows it",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(scripts|tests|demo|bench|examples)/" },
    },
    {
      name: "helpers-in-support",
      comment:
        "What tests share is in tests/support; a test is not imported. tests/runtimes is a program, and no test",
      severity: "error",
      from: { path: "^(tests|scripts|bench|demo)/" },
      to: { path: "^tests/", pathNot: "^tests/(support|runtimes|[^/]+/(pages|clients|consumer))/" },
    },
    {
      name: "not-to-unresolvable",
      comment: "Every import leads somewhere; the package itself is there only once it is built",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^msb-client-websocket(/|$)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|tests/packaging/consumer|tests/runtimes/(programs|projects|tools))/" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    detectJSDocImports: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
