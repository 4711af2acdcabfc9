/** A pattern as JSON Schema means it: over code points if its syntax allows that. */
export function compilePattern(source: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(source, flags);
    } catch {
      // Try the older syntax.
    }
  }
  return undefined;
}
