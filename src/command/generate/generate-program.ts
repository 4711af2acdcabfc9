import { quote } from "../../support/clip.ts";
import { MsbDefinitionError } from "../../support/errors.ts";
import { COUNTERPART_HEAD, counterpartParts } from "./counterpart-source.ts";
import { NO_CLASS, type Service } from "./description/service.ts";
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
import { hasClass } from "./program-parts.ts";
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
  checkUuids(end === "device" && gateway !== undefined ? new Set([gateway, ...services]) : services);
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
  return {
    source: print(fileOf([...HEAD, ...head], imports, body)),
    notes: [...notes, ...services.filter((service) => !hasClass(service)).map(noteOnClass)],
  };
}

/** A contract does without, a program does not. */
function checkUuids(services: Iterable<Service>): void {
  const issues = [...services]
    .filter(({ uuid }) => uuid === "")
    .map(({ name }) => ({ path: "uuid", message: `is missing for ${quote(name)}: a program needs it` }));
  if (issues.length > 0) {
    throw new MsbDefinitionError("The self-description", issues);
  }
}

function noteOnClass({ name, type }: Service): string {
  const problem = type === NO_CLASS ? "is missing" : `${quote(type)} is none that a client can have`;
  return `Service ${quote(name)}: @class: ${problem}: taken as SmartObject`;
}
