import * as z from "zod/v4/mini";
import { MsbDefinitionError } from "../../support/errors.ts";
import { mustBe } from "../validation/describe-value.ts";
import { findIssues, throwIssues } from "../validation/issues.ts";
import { nonEmptyString } from "../validation/schemas.ts";

/** The kinds of services that an MSB knows; the `@class` of the self-description. */
const SERVICE_TYPES = ["SmartObject", "Application", "Gateway"] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** Who a service is. All five are required and not empty. */
export interface Identity {
  readonly type: ServiceType;
  /** Unique among all services of the MSB. */
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  /** Shown to the owner, who verifies the service with it in the MSB. */
  readonly token: string;
}

const identitySchema = z.object({
  type: z.enum(SERVICE_TYPES, {
    error: (issue) => mustBe(`one of ${SERVICE_TYPES.join(", ")}`, issue.input),
  }),
  uuid: nonEmptyString,
  name: nonEmptyString,
  description: nonEmptyString,
  token: nonEmptyString,
});

/**
 * A copy of the five fields.
 * @throws {MsbDefinitionError} listing every field that is missing, empty or wrong.
 */
export function checkIdentity(identity: Identity, subject = "The identity of the service"): Identity {
  if (typeof identity !== "object" || identity === null) {
    throw new MsbDefinitionError(subject, [{ path: "", message: mustBe("an object", identity) }]);
  }
  throwIssues(subject, findIssues(identitySchema, identity));
  const { type, uuid, name, description, token } = identity;
  return { type, uuid, name, description, token };
}
