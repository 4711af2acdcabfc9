import * as z from "zod/mini";
import { MsbDefinitionError } from "../../support/errors.ts";
import { findIssues, nameOf, nonEmptyText, throwIssues } from "../validation/check.ts";

/** The kinds of services that an MSB knows; the `@class` of the self-description. */
export const SERVICE_TYPES = ["SmartObject", "Application", "Gateway"] as const;
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
    error: (issue) =>
      issue.input === undefined
        ? `is missing; one of ${SERVICE_TYPES.join(", ")}`
        : `must be one of ${SERVICE_TYPES.join(", ")}, not ${nameOf(issue.input)}`,
  }),
  uuid: nonEmptyText,
  name: nonEmptyText,
  description: nonEmptyText,
  token: nonEmptyText,
});

/**
 * A copy of the five fields.
 * @throws {MsbDefinitionError} listing every field that is missing, empty or wrong.
 */
export function checkIdentity(identity: Identity, subject = "The identity of the service"): Identity {
  if (typeof identity !== "object" || identity === null) {
    throw new MsbDefinitionError(subject, [
      { path: "", message: `must be an object, not ${nameOf(identity)}` },
    ]);
  }
  throwIssues(subject, findIssues(identitySchema, identity));
  const { type, uuid, name, description, token } = identity;
  return { type, uuid, name, description, token };
}
