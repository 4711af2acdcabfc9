import { mustBe } from "../../core/validation/describe-value.ts";
import { readDateTime } from "./date-time.ts";
import type { Field, GroupField, ListField, NumberField, TextField } from "./field.ts";
import { isList, isLosslessNumber, isMembers, type JsonNode, memberOf, writeNode } from "./lossless.ts";

/** Something that does not fit, and where: `modules[0].weight`. */
export interface Misfit {
  readonly path: string;
  readonly message: string;
}

/** More are not told. */
const MAX_MISFITS = 20;
const BASE64 = /^(?:[0-9a-zA-Z+/]{4})*(?:[0-9a-zA-Z+/]{2}==|[0-9a-zA-Z+/]{3}=)?$/;

/** Everything in a value that does not fit its field. The broker checks it once more, patterns too. */
export function findMisfits(field: Field, node: JsonNode | undefined, path = ""): Misfit[] {
  const message = describeMisfit(field, node);
  if (message !== undefined) {
    return [{ path, message }];
  }
  return below(field, node, path).slice(0, MAX_MISFITS);
}

function below(field: Field, node: JsonNode | undefined, path: string): Misfit[] {
  if (field.kind === "list" && isList(node)) {
    return node.flatMap((item, index) => findMisfits(field.item(), item, `${path}[${index}]`));
  }
  if (field.kind === "group" && isMembers(node)) {
    return Object.entries(node).flatMap(([name, value]) => {
      const member = field.members.find((each) => each.name === name)?.field ?? field.others;
      return member === undefined ? [] : findMisfits(member(), value, path === "" ? name : `${path}.${name}`);
    });
  }
  if (field.kind === "either") {
    const type = typeIn(field, node);
    return type === undefined ? [] : findMisfits(type[1], node, path);
  }
  return [];
}

/** What is wrong with a value itself, not with what is below it; `undefined` if nothing is. */
export function describeMisfit(field: Field, node: JsonNode | undefined): string | undefined {
  if (node === undefined) {
    return "is missing";
  }
  switch (field.kind) {
    case "number":
      return describeNumber(field, node);
    case "text":
    case "base64":
    case "date-time":
      return describeText(field, node);
    case "choice": {
      const isKnown = field.values.some((value) => isSame(value, node));
      const choices = field.values.map((value) => writeNode(value, 0)).join(", ");
      return isKnown ? undefined : refused(`one of ${choices}`, node);
    }
    case "switch":
      return typeof node === "boolean" ? undefined : refused("on or off (true or false)", node);
    case "null":
      return node === null ? undefined : refused("null", node);
    case "either":
      return typeIn(field, node) === undefined
        ? refused(field.types.map(([type]) => type).join(" or "), node)
        : undefined;
    case "list":
      return describeList(field, node);
    case "group":
      return describeGroup(field, node);
    case "any":
      return undefined;
  }
}

/** The type of an `either` that a value has, whether or not the value fits that. */
export function typeIn(
  field: Field & { readonly kind: "either" },
  node: JsonNode | undefined,
): readonly [type: string, field: Field] | undefined {
  return field.types.find(([type]) => {
    switch (type) {
      case "null":
        return node === null;
      case "boolean":
        return typeof node === "boolean";
      case "string":
        return typeof node === "string";
      case "integer":
        return isLosslessNumber(node) && Number.isInteger(Number(node.value));
      case "number":
        return isLosslessNumber(node);
      case "array":
        return isList(node);
      default:
        return isMembers(node);
    }
  });
}

function describeNumber(field: NumberField, node: JsonNode): string | undefined {
  const kind = field.isInteger ? "a whole number" : "a number";
  if (node === "") {
    return `is empty: must be ${kind}`;
  }
  if (!isLosslessNumber(node)) {
    const isComma = typeof node === "string" && /^-?\d+,\d+$/.test(node);
    return `${refused(kind, node)}${isComma ? `: write ${node.replace(",", ".")}` : ""}`;
  }
  const number = Number(node.value);
  if (!Number.isFinite(number)) {
    return `is too large: ${node.value}`;
  }
  if (field.isInteger && !Number.isInteger(number)) {
    return refused(kind, node);
  }
  const { min, max, isAbove, isBelow, step } = field;
  if (number < min || (isAbove && number === min)) {
    return refused(isAbove ? `more than ${min}` : `${min} or more`, node);
  }
  if (number > max || (isBelow && number === max)) {
    return refused(isBelow ? `less than ${max}` : `${max} or less`, node);
  }
  return step === undefined || isMultiple(number, step) ? undefined : refused(`a multiple of ${step}`, node);
}

function isMultiple(number: number, step: number): boolean {
  if (Number.isInteger(step)) {
    return number % step === 0;
  }
  const times = number / step;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

function describeText({ kind, minLength, maxLength }: TextField, node: JsonNode): string | undefined {
  if (typeof node !== "string") {
    return refused("text", node);
  }
  // Characters as people count them: an emoji is one.
  const { length } = [...node];
  if (length < minLength) {
    return `must have ${minLength} characters or more, not ${length}`;
  }
  if (length > maxLength) {
    return `must have ${maxLength} characters or less, not ${length}`;
  }
  if (kind === "date-time" && readDateTime(node) === undefined) {
    return refused("a date and a time such as 2026-01-31T09:30:00Z", node);
  }
  return kind === "base64" && !BASE64.test(node) ? refused("base64 text such as AAEC", node) : undefined;
}

function describeList({ minItems, maxItems, isUnique }: ListField, node: JsonNode): string | undefined {
  if (!isList(node)) {
    return refused("a list", node);
  }
  const { length } = node;
  if (length < minItems) {
    return `must have ${minItems} items or more, not ${length}`;
  }
  if (length > maxItems) {
    return `must have ${maxItems} items or less, not ${length}`;
  }
  const all = new Set(isUnique ? node.map(canonical) : []);
  return isUnique && all.size < length ? "must have items that are all different" : undefined;
}

function describeGroup(field: GroupField, node: JsonNode): string | undefined {
  if (!isMembers(node)) {
    return refused("an object", node);
  }
  const missing = field.members.filter(
    ({ name, isRequired }) => isRequired && memberOf(node, name) === undefined,
  );
  if (missing.length > 0) {
    return `${missing.map(({ name }) => name).join(", ")}: is missing`;
  }
  const names = Object.keys(node);
  const unknown = names.filter((name) => !field.members.some((member) => member.name === name));
  if (field.others === undefined && unknown.length > 0) {
    return `${unknown.join(", ")}: is not known here`;
  }
  if (names.length < field.minMembers) {
    return `must have ${field.minMembers} members or more, not ${names.length}`;
  }
  return names.length > field.maxMembers
    ? `must have ${field.maxMembers} members or less, not ${names.length}`
    : undefined;
}

function refused(what: string, node: JsonNode): string {
  return isLosslessNumber(node) ? `must be ${what}, not ${node.value}` : mustBe(what, node);
}

function isSame(a: JsonNode, b: JsonNode): boolean {
  return canonical(a) === canonical(b);
}

/** The same for values that mean the same: `1.0` and `1`, members in another order. */
function canonical(node: JsonNode): string {
  if (isLosslessNumber(node)) {
    return String(Number(node.value));
  }
  if (isList(node)) {
    return `[${node.map(canonical).join(",")}]`;
  }
  return isMembers(node)
    ? `{${Object.entries(node)
        .map(([name, value]) => `${JSON.stringify(name)}:${canonical(value)}`)
        .sort()
        .join(",")}}`
    : writeNode(node, 0);
}
