import { COUNTERPART_HEAD, counterpartParts } from "./counterpart-source.ts";
import { deviceParts } from "./device-source.ts";
import {
  contractsSource,
  fileOf,
  type Generated,
  type GenerateOptions,
  HEAD,
  importLine,
  importLines,
  nameServices,
  readServices,
} from "./generate-contract.ts";
import { print } from "./source/doc.ts";
import { Names } from "./source/names.ts";

export interface ProgramOptions extends GenerateOptions {
  /** Whose program: of whoever uses the service, or of the service itself. */
  readonly end: "counterpart" | "device";
  /** The file that has the contract. @default the program holds it */
  readonly importFrom?: string | undefined;
}

/**
 * Writes a program of one of the two ends of a contract, which runs as it is.
 * @throws {MsbDefinitionError} listing what makes it no self-description
 */
export function generateProgram(
  selfDescription: unknown,
  { end, name, importFrom }: ProgramOptions,
): Generated {
  const { services, gateway, notes } = readServices(selfDescription);
  const names = new Names();
  const named = nameServices(services, names, name);
  const inside = importFrom === undefined ? contractsSource(named, names) : undefined;
  const [head, parts] =
    end === "counterpart"
      ? [COUNTERPART_HEAD, counterpartParts(named, names)]
      : [[], deviceParts(named, gateway, names)];
  const readsInput = end === "counterpart" && services.some(({ functions }) => functions.length > 0);
  const imports = [
    ...(readsInput ? [importLine(["createInterface"], "node:readline")] : []),
    ...importLines({ msb: [...(inside?.imports.msb ?? []), "MsbClient"], zod: inside?.imports.zod === true }),
    ...(importFrom === undefined
      ? []
      : [
          importLine(
            named.map((each) => each.name),
            importFrom,
          ),
        ]),
  ];
  const body = [...(inside?.body ?? []), ...parts];
  return { source: print(fileOf([...HEAD, ...head], imports, body)), notes };
}
