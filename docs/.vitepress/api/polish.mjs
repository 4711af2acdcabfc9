import { posix } from "node:path";
import { Converter, LiteralType, ReferenceType, ReflectionKind, UnionType } from "typedoc";
import { MarkdownPageEvent } from "typedoc-plugin-markdown";

const AFTER_OTHERS = -10_000;

/** What TypeDoc says, in fewer lines and in the order in which it is read. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, spellOut);
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
        dropAncestry(reflection);
        nameErrors(reflection, project);
      }
    },
    AFTER_OTHERS,
  );
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    page.contents = linkDocuments(shorten(page.contents), page.url);
  });
}

/** A union of literals that is taken from a table shows the literals, and not the name of a table that nobody sees. */
function spellOut(context) {
  const checker = context.programs[0].getTypeChecker();
  for (const reflection of context.project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
    const symbol = context.getSymbolFromReflection(reflection);
    const type = symbol && checker.getDeclaredTypeOfSymbol(symbol);
    if (type?.isUnion() && type.types.every((each) => each.isLiteral())) {
      reflection.type = new UnionType(type.types.map(({ value }) => new LiteralType(value)));
    }
  }
}

/** Which class of the library a member comes from is a matter of the code, not of its users. What is theirs to see stays. */
function dropAncestry(reflection) {
  reflection.inheritedFrom = undefined;
  reflection.overwrites = undefined;
  reflection.implementationOf = undefined;
  reflection.typeHierarchy = undefined;
  for (const list of ["extendedTypes", "implementedTypes"]) {
    const seen = reflection[list]?.filter(
      (type) => type instanceof ReferenceType && (type.reflection || type.package !== "msb-client-websocket"),
    );
    reflection[list] = seen?.length > 0 ? seen : undefined;
  }
}

/** The class of an error that is thrown, as a link: TypeDoc leaves it out. */
function nameErrors(reflection, project) {
  for (const tag of reflection.comment?.blockTags ?? []) {
    const name = tag.typeAnnotation?.replace(/^\{|\}$/g, "");
    if (name !== undefined) {
      const target = project.getReflectionsByKind(ReflectionKind.Class).find((one) => one.name === name);
      const link = { kind: "inline-tag", tag: "@link", text: name, target };
      tag.content.unshift(target ? link : { kind: "code", text: `\`${name}\`` }, { kind: "text", text: " " });
      tag.typeAnnotation = undefined;
    }
  }
}

/** Headings are for what is looked up: members, and not their parts. */
function shorten(contents) {
  return contents
    .replace(/^#+ (Default|Returns|Throws|Extends)\n\n(?:- )?/gm, "**$1:** ")
    .replace(/^\*\*Returns:\*\* `void`\n\n/gm, "")
    .replace(/^#+ (Parameters|Type Parameters|Example)\n/gm, "**$1**\n")
    .replace(/^#+ Get Signature\n\n/gm, "")
    .replace(/^\*\*\*\n\n/gm, "");
}

/** A document as doc comments name it, which editors show as they are: `docs/guides/tls.md`, also with an anchor. */
const DOCUMENT = /`?docs\/((?:[\w-]+\/)*([\w-]+)\.md(#[\w-]+)?)`?/g;

function linkDocuments(contents, url) {
  const docs = posix.relative(posix.dirname(`api/${url}`), ".");
  return contents.replace(
    DOCUMENT,
    (_whole, path, name) => `[${name.replaceAll("-", " ")}](${docs}/${path})`,
  );
}
