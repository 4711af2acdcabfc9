import { isRecord } from "../../support/is-record.ts";
import { choice, findIssues, nonEmptyString, strictObject } from "../validation/checks.ts";
import { mustBe } from "../validation/describe-value.ts";
import { throwIssues } from "../validation/issues.ts";

const SERVICE_TYPES = ["SmartObject", "Application", "Gateway"] as const;
/** The kinds of services that an MSB knows; the `@class` of the self-description. */
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** The identity of a service. All five fields are required, and must not be empty. */
export interface Identity {
  readonly type: ServiceType;
  /** Unique among all services of the MSB. */
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  /** Shown to the owner, who verifies the service with it in the MSB. */
  readonly token: string;
}

const checkFields = strictObject({
  type: choice(SERVICE_TYPES),
  uuid: nonEmptyString,
  name: nonEmptyString,
  description: nonEmptyString,
  token: nonEmptyString,
});

/**
 * A copy of the five fields.
 * @throws {import("../../support/errors.ts").MsbDefinitionError} listing every field that is missing, empty or wrong.
 */
export function checkIdentity(identity: Identity): Identity {
  const subject = "The identity of the service";
  if (!isRecord(identity)) {
    throwIssues(subject, [{ path: "", message: mustBe("an object", identity) }]);
  }
  const { type, uuid, name, description, token } = identity;
  const fields = { type, uuid, name, description, token };
  throwIssues(subject, findIssues(checkFields, fields));
  return fields;
}
