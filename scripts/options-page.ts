import { fileURLToPath } from "node:url";
import ts from "typescript";
import { CLIENT_OPTIONS } from "../src/client/client-options.ts";
import { findIssues } from "../src/core/validation/checks.ts";
import { isFixed, type Option } from "../src/core/validation/options.ts";

/** The public face. */
export const SOURCE = fileURLToPath(new URL("../src/index.ts", import.meta.url));

/** An option as the compiler, and so an editor, sees it. */
export interface DescribedOption {
  readonly name: string;
  readonly type: string;
  /** The doc comment, without its tags. */
  readonly prose: string;
  /** The content of `@default`. */
  readonly byDefault: string | undefined;
}

interface Declarations {
  /** `MsbClientOptions` */
  readonly options: readonly DescribedOption[];
  /** `PublishOptions` */
  readonly publishOptions: readonly DescribedOption[];
  /** `MachineCallOptions` */
  readonly callOptions: readonly DescribedOption[];
  /** Methods of the client, by the options to which their doc comments link. */
  readonly setters: ReadonlyMap<string, readonly string[]>;
}

export const COMPILER_OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: [],
};

/** What the package's sources, or its declarations, say about the options. */
export function readDeclarations(
  entry = SOURCE,
  program = ts.createProgram([entry], COMPILER_OPTIONS),
): Declarations {
  const checker = program.getTypeChecker();
  const describeAll = (name: string): DescribedOption[] =>
    exportedType(program, entry, name)
      .getProperties()
      .map((property) => describe(property, checker));
  return {
    options: describeAll("MsbClientOptions"),
    publishOptions: describeAll("PublishOptions"),
    callOptions: describeAll("MachineCallOptions"),
    setters: settersOf(exportedType(program, entry, "MsbClient")),
  };
}

/** What an exported interface says of its properties. */
export function describeInterface(entry: string, name: string): DescribedOption[] {
  const program = ts.createProgram([entry], COMPILER_OPTIONS);
  const checker = program.getTypeChecker();
  return exportedType(program, entry, name)
    .getProperties()
    .map((property) => describe(property, checker));
}

function exportedType(program: ts.Program, entry: string, name: string): ts.Type {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  if (symbol === undefined) {
    throw new Error(`${entry} does not export ${name}.`);
  }
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  return checker.getDeclaredTypeOfSymbol(isAlias ? checker.getAliasedSymbol(symbol) : symbol);
}

function describe(property: ts.Symbol, checker: ts.TypeChecker): DescribedOption {
  const tag = property.getJsDocTags(checker).find(({ name }) => name === "default");
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  return {
    name: property.name,
    type: nameOf(type, checker),
    prose: oneLine(ts.displayPartsToString(property.getDocumentationComment(checker))),
    byDefault: tag && oneLine(ts.displayPartsToString(tag.text)),
  };
}

/** The compiler's order of a union is that in which it met its members. */
function nameOf(type: ts.Type, checker: ts.TypeChecker): string {
  const name = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  return name.split(" | ").sort().join(" | ");
}

function settersOf(client: ts.Type): Map<string, string[]> {
  const setters = new Map<string, string[]>();
  for (const method of client.getProperties()) {
    const comments = (method.declarations ?? []).flatMap((each) => ts.getJSDocCommentsAndTags(each));
    const text = comments.map((each) => each.getText()).join("\n");
    for (const [, option = ""] of text.matchAll(/\{@link MsbClientOptions\.(\w+)\}/g)) {
      setters.set(option, [...(setters.get(option) ?? []), method.name]);
    }
  }
  return setters;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The unit of a number, and its least: what the option's check asks for when it is given something else. */
export function unitOf({ check }: Option<unknown>): string {
  const [issue] = findIssues(check, Symbol());
  return /^must be a whole number of (.*), not a symbol$/.exec(issue?.message ?? "")?.[1] ?? "";
}

const HEAD = `<!-- made by npm run docs:options -->

# Options

You can leave out every option. If one is unknown or has a wrong value, you get an error that lists all such mistakes at once.
`;

const OF_CLIENT = `
## Client options

You pass them to the constructor: \`new MsbClient({ …identity, …options })\`. Times are at most 2,147,483,647 ms.

\`client.set({ …options })\` changes those that can be changed later. The value \`undefined\` restores the default of an option.

The last column names the methods that other MSB clients have for the same setting. They are here so that you can port a program without
changing it. A new program does not need them.

`;

const OF_PUBLISH = `
## Options of \`publish()\`

You pass them with one event: \`event.publish(value, options)\`, or \`client.publish(eventId, value, options)\`. \`null\` is the same as
leaving an option out.

`;

const OF_CALL = `
## Options of \`call()\`

You pass them when you call a function of a [counterpart](../guides/contract.md): \`machine.call(functionId, value, options)\`. \`null\` is the
same as leaving an option out.

`;

/** docs/reference/options.md */
export function optionsPage(declarations: Declarations = readDeclarations()): string {
  const { options, publishOptions, callOptions, setters } = declarations;
  const ofClient = options.map(({ name, type, prose, byDefault }) => {
    const methods = (setters.get(name) ?? []).map((method) => code(`${method}()`)).join(", ");
    const entry = CLIENT_OPTIONS[name as keyof typeof CLIENT_OPTIONS];
    const later = isFixed(entry) ? "no" : "yes";
    return [code(name), withLinks(prose), defaultCell(byDefault), unitOf(entry), code(type), later, methods];
  });
  return [
    HEAD,
    OF_CLIENT,
    table(
      ["option", "what it does", "default", "unit", "type", "can be changed later", "in other MSB clients"],
      ofClient,
    ),
    OF_PUBLISH,
    tableWithoutSetters(publishOptions),
    OF_CALL,
    tableWithoutSetters(callOptions),
  ].join("");
}

function tableWithoutSetters(options: readonly DescribedOption[]): string {
  const rows = options.map(({ name, type, prose, byDefault }) => [
    code(name),
    withLinks(prose),
    defaultCell(byDefault),
    code(type),
  ]);
  return table(["option", "what it does", "default", "type"], rows);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`)
    .join("");
}

/** Editors show a path, and the page, which is beside it, a link. */
function withLinks(prose: string): string {
  return prose.replace(/docs\/((?:guides|reference)\/([\w-]+\.md))/g, "[$2](../$1)");
}

/** A value as code, prose as it is. */
export function defaultCell(byDefault = ""): string {
  return isValue(byDefault) ? code(byDefault) : byDefault;
}

/** Whether a `@default` is a value of JSON. */
export function isValue(byDefault: string): boolean {
  return /^(true|false|[\d_]+|\[\]|".*")$/.test(byDefault);
}

export function code(text: string): string {
  return `\`${text}\``;
}
