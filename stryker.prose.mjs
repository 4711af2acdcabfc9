/** Calls whose arguments are read by people alone: lines of the log. */
const LOG = new Set(["trace", "debug", "info", "warn"]);
/** Names of what is read by people alone. A code of an error is none of them. */
const PROSE_NAMES = new Set(["message", "remedy", "what", "detail"]);
const TEXTS = new Set(["StringLiteral", "TemplateLiteral"]);

/**
 * Texts that tell people something: another wording is no fault, and a test of it would only repeat the source. Whether there is an
 * error, its code, its cause, and who hears of it is mutated all the same.
 */
const prose = {
  shouldIgnore(path) {
    if (isLogCall(path)) {
      return "a line of the log";
    }
    if (TEXTS.has(path.node.type) && isProse(path)) {
      return "prose of an error";
    }
    if (isRemedyAlone(path.node)) {
      return "the remedy of an error";
    }
    return undefined;
  },
};

/** With all of its arguments. */
function isLogCall({ node }) {
  const callee = node.type === "CallExpression" ? node.callee : undefined;
  return callee?.type === "MemberExpression" && LOG.has(callee.property.name) && endsInLogger(callee.object);
}

function endsInLogger(node) {
  return (node.type === "MemberExpression" ? node.property.name : node.name) === "logger";
}

/** `{ remedy }` */
function isRemedyAlone({ type, properties }) {
  return type === "ObjectExpression" && properties.length === 1 && properties[0].key?.name === "remedy";
}

/** `message = "…"`, `remedy: "…"`, or what follows the code in `new MsbError(code, "…")`; also in one way of a condition. */
function isProse(path) {
  const { parent } = path.parentPath.node.type === "ConditionalExpression" ? path.parentPath : path;
  const inner = path.parentPath.node.type === "ConditionalExpression" ? path.parentPath.node : path.node;
  if (parent.type === "VariableDeclarator") {
    return PROSE_NAMES.has(parent.id.name);
  }
  if (parent.type === "ObjectProperty") {
    return parent.value === inner && PROSE_NAMES.has(parent.key.name);
  }
  if (parent.type === "NewExpression") {
    return (
      /^(Msb\w*)?Error$/.test(parent.callee.name) &&
      (parent.callee.name === "Error" || parent.arguments[0] !== inner)
    );
  }
  return false;
}

export const strykerPlugins = [{ kind: "Ignore", name: "prose", value: prose }];
