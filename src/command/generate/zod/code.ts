import * as z from "zod/v4";
import type { Json } from "../../../core/data-format/index.ts";

/**
 * A piece of a program that makes a zod schema. It is printed as source, and it is run here as well: only what makes the
 * same data format again is written into a contract.
 */
export type Code =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "pattern"; readonly pattern: RegExp }
  /** The constant of a definition. `isLazy`: it may not be there yet, and its type must not be asked for. */
  | { readonly kind: "constant"; readonly definition: Definition; readonly isLazy: boolean }
  /** `z.name(...)`, or a method of what is before. */
  | { readonly kind: "call"; readonly on?: Code; readonly name: string; readonly args: readonly Code[] }
  | { readonly kind: "array"; readonly items: readonly Code[] }
  | { readonly kind: "shape"; readonly properties: readonly Property[] };

export interface Property {
  readonly name: string;
  readonly code: Code;
  /** Whether it refers to constants that come later, so that it has to be a getter. */
  readonly isGetter: boolean;
  readonly description: string;
}

/** A definition that became a constant. */
export interface Definition {
  /** What the constant is called. */
  readonly constant: string;
  readonly schema: () => z.ZodType;
}

export function json(value: Json): Code {
  return { kind: "json", value };
}

export function call(name: string, ...args: Code[]): Code {
  return { kind: "call", name, args };
}

export function method(on: Code, name: string, ...args: Code[]): Code {
  return { kind: "call", on, name, args };
}

/** Runs it. */
export function schemaOf(code: Code): z.ZodType {
  return run(code) as z.ZodType;
}

function run(code: Code): unknown {
  switch (code.kind) {
    case "json":
      return code.value;
    case "pattern":
      return code.pattern;
    case "constant":
      return code.isLazy ? z.lazy(code.definition.schema) : code.definition.schema();
    case "array":
      return code.items.map(run);
    case "shape":
      return runShape(code.properties);
    case "call": {
      const path = code.name.split(".");
      const name = path.pop() as string;
      const on = path.reduce(memberOf, code.on === undefined ? z : run(code.on));
      const called = memberOf(on, name) as (...args: unknown[]) => unknown;
      return called.apply(on, code.args.map(run));
    }
  }
}

function memberOf(object: unknown, name: string): unknown {
  return (object as Record<string, unknown>)[name];
}

function runShape(properties: readonly Property[]): object {
  const shape = {};
  for (const { name, code, isGetter } of properties) {
    const member = isGetter ? { get: () => run(code) } : { value: run(code), writable: true };
    Object.defineProperty(shape, name, { ...member, enumerable: true, configurable: true });
  }
  return shape;
}
