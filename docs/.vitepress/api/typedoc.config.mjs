// How `npm run docs:api` makes docs/api: pages of the four entries, grouped by what a user does. No warning is let through.
import { join } from "node:path";
import { GROUP_NAMES, load as groupByTask } from "./groups.mjs";
import { load as polish } from "./polish.mjs";

const root = join(import.meta.dirname, "../../..");

export default {
  name: "API",
  entryPoints: ["index", "level-store/index", "broker/index", "testing/index"].map((entry) =>
    join(root, `src/${entry}.ts`),
  ),
  tsconfig: join(import.meta.dirname, "tsconfig.json"),
  // `npm run typecheck` has said it all.
  skipErrorChecking: true,
  plugin: ["typedoc-plugin-markdown", "typedoc-vitepress-theme", groupByTask, polish],
  out: join(root, "docs/api"),
  docsRoot: join(root, "docs"),
  logLevel: "Warn",
  readme: "none",
  disableSources: true,
  // Defaults are told in words.
  jsDocCompatibility: { defaultTag: false },
  preservedTypeAnnotationTags: ["@throws"],
  excludeExternals: true,
  excludePrivate: true,
  excludeInternal: true,
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  requiredToBeDocumented: ["Class", "Interface", "TypeAlias", "Function", "Variable"],
  // `set()` takes the options that are not marked as fixed in this table.
  intentionallyNotExported: ["CLIENT_OPTIONS", "ChangeableNameOf"],
  validation: {
    notDocumented: true,
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
  },
  categoryOrder: GROUP_NAMES,
  sortEntryPoints: false,
  sort: ["kind", "source-order"],
  navigation: { includeCategories: true, includeGroups: false },
  router: "member",
  pageTitleTemplates: { module: "{name}", member: ({ rawName }) => rawName.replace(/<.*>/s, "") },
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  indexFormat: "table",
  parametersFormat: "table",
  enumMembersFormat: "table",
  expandParameters: true,
};
