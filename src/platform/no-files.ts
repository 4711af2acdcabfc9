import { MsbDefinitionError } from "../support/errors.ts";

/** The platform cannot read files. */
export function noFiles(file: string): MsbDefinitionError {
  const message = "cannot be read here: that needs Node 20.16 or later";
  return new MsbDefinitionError(file, [{ path: "", message }], {
    remedy: "Give the identity to the constructor, or the content of the file to identityFromProperties().",
  });
}
