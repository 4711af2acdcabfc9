// The official Node.js client, driven by JSON lines on stdin; ../official-client.ts says which.
// A CommonJS main file of its own, because the client reads require.main and keeps one identity per process.
const readline = require("node:readline");

// The client logs to stdout, which belongs to the reports.
console.log = console.info = console.warn = console.error;
const MsbClient = require("@vfk_research/msb-client-websocket-nodejs");

const report = (kind, fields) => process.stdout.write(`${JSON.stringify({ report: kind, ...fields })}\n`);
let client;

/** Id, type, whether it is an array; each becomes an event, and a function that answers with it. */
const PAYLOADS = [
  ["NOTHING", null, false],
  ["COUNT", "int32", false],
  ["RATIO", "double", false],
  ["FLAG", "boolean", false],
  ["TEXT", "string", false],
  ["TEXTS", "string", true],
  ["PART", "Part", false],
  ["MODULE", "Module", false],
  ["MACHINE", "Machine", false],
  ["MACHINES", "Machine", true],
  ["TREE", "TreeNode", false],
];

function addFunction(id, type, isArray, responses, answer) {
  const called = ({ dataObject, correlationId }) => {
    report("called", { function: id, value: dataObject, correlationId });
    answer(dataObject, correlationId);
  };
  client.addFunction(id, id, `Function ${id}`, type, called, isArray, responses);
}

function define() {
  const complex = {
    Part: [
      ["partName", "string"],
      ["weight", "float"],
      ["count", "int32"],
      ["checked", "boolean"],
    ],
    Module: [
      ["moduleName", "string"],
      ["mainPart", "Part"],
      ["parts", "Part", true],
    ],
    Machine: [
      ["machineName", "string"],
      ["serial", "int64"],
      ["power", "double"],
      ["built", "date-time"],
      ["tags", "string", true],
      ["module", "Module"],
      ["modules", "Module", true],
    ],
    TreeNode: [
      ["label", "string"],
      ["children", "TreeNode", true],
    ],
  };
  for (const [name, properties] of Object.entries(complex)) {
    client.createComplexDataFormat(name);
    for (const [key, type, isArray] of properties) {
      client.addProperty(name, key, type, isArray);
    }
  }
  for (const [id, type, isArray] of PAYLOADS) {
    client.addEvent(id, id, `Event ${id}`, type, "HIGH", isArray);
    addFunction(`ECHO_${id}`, type, isArray, [id], (value, correlationId) =>
      client.publish(id, value, undefined, true, undefined, correlationId),
    );
  }
  addFunction("NOTE", "string", false, undefined, () => {});
  addFunction("BOTH", "string", false, ["TEXT", "NOTHING"], (value, correlationId) => {
    client.publish("TEXT", value, undefined, true, undefined, correlationId);
    client.publish("NOTHING", undefined, undefined, true, undefined, correlationId);
  });
  client.addConfigParameter("limit", 80, "int32");
  client.addConfigParameter("factor", 1.5, "double");
  client.addConfigParameter("label", "left", "string");
  client.addConfigParameter("enabled", true, "boolean");
  client.addConfigParameter("since", "2017-07-14T02:40:00.123Z", "date-time");
}

const COMMANDS = {
  connect({ uuid, url, framing }) {
    client = new MsbClient("SmartObject", uuid, "Interop", "An official client", "t0ken");
    client.enableDebug(true);
    client.disablesockJsFraming(framing === "raw");
    // The certificate of the tests is signed by nobody.
    client.disableHostnameVerification(true);
    client.setReconnectInterval(3000);
    define();
    client.connect(url);
    watch();
  },
  register: () => client.register(),
  publish: ({ event, value, priority, cached, correlationId }) =>
    client.publish(event, value, priority, cached, undefined, correlationId),
  config: ({ name }) => report("config", { name, value: client.getConfigParameter(name) }),
  disconnect: () => client.disconnect(),
};

/** Reports when the client's own view of the connection changes. */
function watch() {
  let last;
  setInterval(() => {
    const state = { connected: client.isConnected(), registered: client.isRegistered() };
    if (JSON.stringify(state) !== last) {
      report("state", state);
    }
    last = JSON.stringify(state);
  }, 20);
}

readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line);
    COMMANDS[command.do](command);
  })
  .on("close", () => process.exit(0));
