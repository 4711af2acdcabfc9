import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { compileExamples, ENTRIES, publicProgram, ROOT } from "../support/docs/compile-examples.ts";
import { publicCallables } from "../support/docs/public-declarations.ts";

/** Interfaces that users implement, and the library calls. */
const IMPLEMENTED_BY_USERS = new Set(["Clock", "EventStore", "Logger", "Socket", "SocketListener"]);

describe("the examples in the doc comments", { timeout: 120_000 }, () => {
  const program = publicProgram();
  const callables = publicCallables(program, ENTRIES, IMPLEMENTED_BY_USERS);

  test("everything that users call is found", () => {
    expect(callables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...["MsbClient", "MsbClient.connect", "MsbClient[Symbol.asyncDispose]", "MsbService.addFunction"],
        ...["MsbEvent.publish", "FunctionCall.respond", "ConfigParameter.change", "MsbValueError"],
        ...["ComplexDataFormat.addProperty", "exponentialBackoff", "isomorphicSocket", "EventStore"],
        ...["startTestBench", "TestBench.machine", "ScriptedServer.accept", "FakeClock.advance"],
        ...["levelStore", "startBroker", "Broker.callAndWait", "BrokerFaults.restart", "RawJson"],
      ]),
    );
    expect(
      callables.map(({ name }) => name).filter((name) => /#|selfDescription|handleCall/.test(name)),
    ).toEqual([]);
  });

  test("everything that users call has one", () => {
    const without = callables
      .filter(({ examples }) => examples.length === 0)
      .map(({ file, line, name }) => `${relative(ROOT, file)}:${line} ${name}`);
    expect(without).toEqual([]);
  });

  test("all of them compile", () => {
    const examples = callables.flatMap((callable) => callable.examples);
    expect(compileExamples(program, examples)).toEqual([]);
  });

  test("one that does not compile is named with its file, line and method", () => {
    const code = 'await client.connect("http://127.0.0.1:8085");\nawait temperature.publish("warm");';
    const broken = { file: `${ROOT}/src/client/event.ts`, name: "MsbEvent.publish", line: 70, code };
    expect(compileExamples(program, [broken])).toEqual([
      "src/client/event.ts:71 MsbEvent.publish: Argument of type 'string' is not assignable to parameter of type 'number'.",
    ]);
  });
});
