import * as z from "zod";

/*
 * What zod can do in the version that the tests run with: some run with older ones, too (docs/project/testing.md). A test that needs
 * one of these asks for it.
 */

/** Since 4.1. */
export const HAS_CODEC = "codec" in z;

/** Since 4.2. */
export const HAS_XOR = "xor" in z;

/** Since 4.5: it exists since 4.2, and refused other keys than those of an enum at first. */
export const HAS_OPEN_RECORD =
  "looseRecord" in z && z.looseRecord(z.enum(["a"]), z.int()).safeParse({ a: 1, b: "x" }).success;

/** Since 4.3.2: a closed object in an intersection takes what the other side knows. */
export const ADDS_UP_INTERSECTIONS = z
  .intersection(z.strictObject({ a: z.int() }), z.strictObject({ b: z.int() }))
  .safeParse({ a: 1, b: 1 }).success;

/** Not so from 4.3.2 to 4.4: zod forgets what a value further inside an intersection has too much. */
export const LOOKS_INSIDE_INTERSECTIONS = !z
  .intersection(z.object({}), z.object({ a: z.strictObject({}) }))
  .safeParse({ a: { b: 1 } }).success;

/** Since 4.4. */
export const ASKS_FOR_UNKNOWN = !z.object({ a: z.unknown() }).safeParse({}).success;

/** Since 4.5: the length of a string is that of JSON Schema. */
export const COUNTS_CODE_POINTS = z.string().max(1).safeParse("😀").success;

/** Since 4.3: before, zod itself refuses a second schema with the same id. */
export const TAKES_EQUAL_IDS = works(() => ["Equal", "Equal"].map((id) => z.string().meta({ id })));

/** Since 4.4: before, zod itself fails. */
export const TAKES_UNION_OF_NOTHING = works(() => z.union([]));

/** Since 4.5: a value that contains itself comes to an end. */
export const NOTICES_CYCLES = works(() => {
  const node = z.object({
    get self() {
      return node.optional();
    },
  });
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  node.safeParse(cyclic);
});

function works(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
