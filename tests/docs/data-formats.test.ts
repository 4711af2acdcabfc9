// The examples of docs/reference/data-formats.md: run, and compared with the JSON below them.
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { ComplexDataFormat, DataType, type MsbClient } from "../../src/index.ts";
import { scriptedClient } from "../../src/testing/index.ts";
import { documentSample } from "../support/docs/document-sample.ts";

const sample = (name: string): Promise<string> => documentSample("docs/reference/data-formats.md", name);

/** Runs an example as the body of a function. @returns what it calls `result`. */
async function runSample(name: string, client: MsbClient, result = "undefined"): Promise<unknown> {
  const code = ts.transpile(`${await sample(name)}\nreturn ${result};`, { target: ts.ScriptTarget.ES2022 });
  const AsyncFunction = (async () => {}).constructor as new (
    ...source: string[]
  ) => (...values: unknown[]) => Promise<unknown>;
  const names = { client, z, ComplexDataFormat, DataType };
  return await new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
}

describe("docs/reference/data-formats.md", () => {
  it("says what a simple type becomes, and an array of it", async () => {
    const { client } = scriptedClient();
    await runSample("simple", client);
    const said = [...(await sample("simple")).matchAll(/^\/\/ (.*)$/gm)].map(([, json = ""]) =>
      JSON.parse(json),
    );
    expect(client.getSelfDescription().events.map(({ dataFormat }) => dataFormat)).toEqual(said);
  });

  it.each([
    ["complex", "complex.json", "device"],
    ["zod", "zod.json", "reading"],
  ])("says what the format under %s becomes", async (name, json, result) => {
    const { client } = scriptedClient();
    const dataFormat = (await runSample(name, client, result)) as ComplexDataFormat;
    client.addEvent({ eventId: "E", dataFormat });
    expect(client.getSelfDescription().events[0]?.dataFormat).toEqual(JSON.parse(await sample(json)));
  });

  it("says what named parameters become", async () => {
    const { client } = scriptedClient();
    await runSample("parameters", client);
    expect(client.getSelfDescription().functions[0]?.dataFormat).toEqual(
      JSON.parse(await sample("parameters.json")),
    );
  });

  it("says what a codec sends", async () => {
    const { client, server } = scriptedClient();
    server.acceptAll();
    await client.start();
    await runSample("codec", client);
    expect(server.events.at(-1)?.dataObject).toEqual({ at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) });
    await client.disconnect();
  });
});
