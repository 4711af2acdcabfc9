import type { MsbIssue } from "../../support/errors.ts";
import type { DecodeOptions } from "./types.ts";
import type { SchemaRunner } from "./zod/run-schema.ts";

type Container = Record<string, unknown>;

const KEY = "__proto__";

/** What does not fit is added to `issues`. */
type Decoder = (wire: unknown, options: DecodeOptions, issues: MsbIssue[]) => unknown;

interface DecoderOptions {
  readonly root: string;
  readonly check: SchemaRunner;
  /** Whether a part of the format takes any member. */
  readonly isOpen: boolean;
  /** Whether a part of the format forbids unknown members: then one called `__proto__` is refused, and not only left out. */
  readonly isClosed: () => boolean;
  /** Whether values are different on the wire, so that even without validation the check has to run. */
  readonly converts: boolean;
}

/**
 * The way of values from the wire, on which neither check nor program ever sees a member called `__proto__`. Before zod 4.4, what the
 * other side sends under this name becomes the prototype of an object that takes any member: the handler would find properties that
 * no check has seen.
 */
export function decoder({ root, check, isOpen, isClosed, converts }: DecoderOptions): Decoder {
  return (wire, { validate, hasPrototypeKey = true }, issues) => {
    const isChecked = validate || converts;
    const clean = hasPrototypeKey && (isOpen || !isChecked) ? leaveOutPrototypeKeys(wire) : wire;
    if (!isChecked) {
      return clean;
    }
    if (clean !== wire && isClosed()) {
      issues.push({ path: root, message: `has a property "${KEY}", which is not allowed` });
    }
    return check(clean, issues);
  };
}

/**
 * Whether a text of JSON may have a member called `__proto__`, in plain letters or in escaped ones: `"\u005f_proto__"`. Much cheaper
 * than to look through the value: for nearly all messages of the wire the question ends here.
 */
export function mayHoldPrototypeKey(json: string): boolean {
  return json.includes(KEY) || json.includes("\\u00");
}

/** The same value if it has no member called `__proto__`, however deep; else a copy without them. The value came as JSON. */
export function leaveOutPrototypeKeys<Value>(value: Value): Value {
  if (!isContainer(value) || !hasPrototypeKey(value)) {
    return value;
  }
  const whole = shellOf(value);
  // Not by recursion: a value may be nested as deeply as the other side likes.
  const open: [source: Container, target: Container][] = [[value, whole]];
  for (const [source, target] of open) {
    for (const key of Object.keys(source).filter((each) => each !== KEY)) {
      const part = source[key];
      const copy = isContainer(part) ? shellOf(part) : part;
      if (isContainer(part)) {
        open.push([part, copy as Container]);
      }
      target[key] = copy;
    }
  }
  return whole as Value;
}

/** Whether some part of the value has a member called `__proto__`. */
export function hasPrototypeKey(value: object): boolean {
  const open = [value as Container];
  for (const container of open) {
    if (Object.hasOwn(container, KEY)) {
      return true;
    }
    for (const key of Object.keys(container)) {
      const part = container[key];
      if (isContainer(part)) {
        open.push(part);
      }
    }
  }
  return false;
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

function shellOf(container: Container): Container {
  return (Array.isArray(container) ? [] : {}) as Container;
}
