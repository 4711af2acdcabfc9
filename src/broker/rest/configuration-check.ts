import type { MsbIssue } from "../../support/errors.ts";
import { checkEventValue } from "../services/data-format-check.ts";
import type { DescribedParameter } from "../services/self-description-types.ts";

/** What is wrong with new values of configuration parameters, by their types of the self-description. */
export function checkConfiguration(
  params: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, DescribedParameter>>,
): MsbIssue[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (parameter === undefined) {
      const names = Object.keys(declared);
      const known = names.length === 0 ? "has no parameters" : `has ${names.join(", ")}`;
      return [{ path: name, message: `is not known here: the service ${known}` }];
    }
    const type = parameter.type.toLowerCase();
    const format = parameter.format?.toLowerCase();
    const schema = format === undefined ? { type } : { type, format };
    return checkEventValue(value, { dataObject: schema }, name).issues.map(({ message }) => ({
      path: name,
      message,
    }));
  });
}
