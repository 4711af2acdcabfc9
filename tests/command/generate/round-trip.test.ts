import ts from "typescript";
import { afterEach, expect, test } from "vitest";
import { generateContract } from "../../../src/command/generate/generate-contract.ts";
import { compileDataFormat } from "../../../src/core/data-format/index.ts";
import { MsbClient, type SelfDescriptionJson } from "../../../src/index.ts";
import { contractsIn, describeImplementation, runModule } from "../../support/command/generate/generated.ts";
import { meaningOf } from "../../support/command/generate/normalise.ts";
import { anyService, hostileService } from "../../support/command/generate/services.ts";
import { zodSample } from "../../support/data-format/zod-generator.ts";
import fc, { runs } from "../../support/properties.ts";

const RUNS = runs(60);
const SLOW = { timeout: 90_000 + 500 * RUNS };

/** What a service says that implements the only contract of a source. */
function again(source: string): Record<string, unknown> {
  const [contract, ...more] = contractsIn(runModule(source));
  expect([contract, more]).toEqual([expect.anything(), []]);
  return meaningOf(describeImplementation(contract as never));
}

/** Not all of them can be said in a data format. */
const sayable = zodSample.filter(({ schema }) => {
  try {
    compileDataFormat(schema, { subject: "" });
    return true;
  } catch {
    return false;
  }
});

/** What this client registers for schemas of zod. */
const ownService = fc.array(sayable, { minLength: 1, maxLength: 4 }).map((samples) => {
  const client = new MsbClient("SmartObject", "u", "Press", "d", "t", { logLevel: "silent" });
  for (const [index, { schema }] of samples.entries()) {
    client.addEvent({ eventId: `E${index}`, dataFormat: schema });
    const parameters = { [`p${index}`]: schema, other: "int32" } as const;
    client.addFunction({ functionId: `F${index}`, parameters, handler: () => {} });
  }
  return client.getSelfDescription();
});

/** A definition to which nothing leads, which `.nullable()` can leave behind, looks like a parameter. */
function hasOrphan({ functions }: SelfDescriptionJson): boolean {
  return functions.some(({ dataFormat = {} }) =>
    Object.keys(dataFormat).some(
      (name) =>
        !/^(p\d|other)$/.test(name) &&
        !Object.entries(dataFormat).some(
          ([each, schema]) =>
            each !== name && JSON.stringify(schema).includes(JSON.stringify(`#/definitions/${name}`)),
        ),
    ),
  );
}

test("what this client registers is what a client registers that has the generated contract", SLOW, () => {
  const counts = { all: 0, asJson: 0 };
  fc.assert(
    fc.property(ownService, (service) => {
      fc.pre(!hasOrphan(service));
      const { source, notes } = generateContract(service);
      expect(notes).toEqual([]);
      expect(again(source)).toEqual(meaningOf(service));
      counts.all += service.events.length * 2;
      counts.asJson += source.match(/As JSON/g)?.length ?? 0;
    }),
    { numRuns: RUNS },
  );
  // Most of what zod says, it says again.
  expect(counts.asJson).toBeLessThan(counts.all / 3);
});

test("any data format that the MSB takes comes back as it was", SLOW, () => {
  fc.assert(
    fc.property(anyService, (service) => {
      const { source, notes } = generateContract(service);
      expect(notes.filter((note) => !note.endsWith("nothing refers to it: left out"))).toEqual([]);
      expect(again(source)).toEqual(meaningOf(service));
    }),
    { numRuns: RUNS },
  );
});

afterEach(() => {
  expect(globalThis).not.toHaveProperty("injected");
});

/** All that a generated file consists of: imports, constants that are called schemas and contracts, types. */
function statementsOf(source: string): string[] {
  const file = ts.createSourceFile("generated.ts", source, ts.ScriptTarget.ES2022, true);
  return file.statements.map((statement) => {
    if (ts.isImportDeclaration(statement)) {
      return statement.getText();
    }
    const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const isCall = declaration?.initializer !== undefined && ts.isCallExpression(declaration.initializer);
    return isCall ? "constant" : ts.SyntaxKind[statement.kind];
  });
}

test("no text of a self-description becomes code", SLOW, () => {
  fc.assert(
    fc.property(hostileService, (service) => {
      const { source } = generateContract(service);
      const statements = statementsOf(source);
      expect(statements.filter((each) => each.startsWith("import")).length).toBeLessThan(3);
      expect(
        statements.filter(
          (each) => !each.startsWith("import") && each !== "constant" && each !== "TypeAliasDeclaration",
        ),
      ).toEqual([]);
      runModule(source);
      expect(globalThis).not.toHaveProperty("injected");
    }),
    { numRuns: RUNS },
  );
});

test("names and texts of all kinds come back, as far as there can be properties of that name", SLOW, () => {
  fc.assert(
    fc.property(hostileService, (service) => {
      const { source, notes } = generateContract(service);
      fc.pre(notes.length === 0);
      expect(again(source)).toEqual(meaningOf(service));
    }),
    { numRuns: RUNS },
  );
});
