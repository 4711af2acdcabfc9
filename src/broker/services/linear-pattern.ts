import { RE2JS } from "re2js";
import { clip } from "../../support/clip.ts";
import { describeError } from "../../support/errors.ts";
import { MAX_PATTERN_LENGTH, MAX_PATTERN_STEPS } from "../support/limits.ts";

/**
 * A `pattern` of somebody's data format, in an engine whose time grows with the string only: JavaScript's own doubles with each
 * character for `^(a+)+$`. What cannot be run so (references back, looking ahead, huge ones) is not checked.
 * @param warn gets why something is not checked.
 */
export function compileLinearPattern(
  pattern: string,
  warn: (message: string) => void,
): ((value: string) => boolean) | undefined {
  const skip = (why: string) => warn(`the pattern ${clip(pattern, 100)} is not checked: ${why}`);
  if (pattern.length > MAX_PATTERN_LENGTH) {
    skip(`it has more than ${MAX_PATTERN_LENGTH} characters`);
    return undefined;
  }
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    const steps = compiled.programSize();
    return (value) => {
      if (steps * value.length <= MAX_PATTERN_STEPS) {
        return compiled.matcher(value).find();
      }
      skip("the value is too long for it");
      return true;
    };
  } catch (error) {
    skip(describeError(error));
    return undefined;
  }
}
