/** The kinds of services. */
export type ServiceType = "SmartObject" | "Application" | "Gateway";

/**
 * The JSON of an `R` message, as it was received; `docs/reference/protocol.md#the-self-description`. Other keys than these may be
 * there, too.
 */
export interface SelfDescription {
  readonly "@class": ServiceType;
  readonly uuid: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  /** Always there, except for the services of a gateway. */
  readonly token?: string | null | undefined;
  readonly events?: readonly DescribedEvent[] | null | undefined;
  readonly functions?: readonly DescribedFunction[] | null | undefined;
  readonly configuration?:
    | { readonly parameters?: Readonly<Record<string, DescribedParameter>> | null | undefined }
    | null
    | undefined;
  /** The services of a gateway: each a {@link SelfDescription}. */
  readonly services?: readonly unknown[] | null | undefined;
}

/** An event of a service. */
export interface DescribedEvent {
  /** The number by which {@link DescribedFunction.responseEvents} refers to it. */
  readonly "@id"?: number | undefined;
  readonly eventId: string;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** An object of named schemas, the root under `dataObject`; left out for no payload. */
  readonly dataFormat?: unknown;
}

/** A function of a service. */
export interface DescribedFunction {
  readonly functionId: string;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** As for events. */
  readonly dataFormat?: unknown;
  /** The `@id` of each event that it answers with. */
  readonly responseEvents?: readonly number[] | null | undefined;
}

/** A configuration parameter of a service. */
export interface DescribedParameter {
  readonly value?: unknown;
  /** `INTEGER`, `NUMBER`, `STRING` or `BOOLEAN`, in either case. */
  readonly type: string;
  /** `INT32`, `INT64`, `FLOAT`, `DOUBLE`, `BYTE` or `DATE-TIME`, in either case. */
  readonly format?: string | null | undefined;
}
