/** What the MSB answers if it refuses something. */
export const REFUSALS = [
  "NIO",
  "NIO_ALREADY_CONNECTED",
  "NIO_UNAUTHORIZED_CONNECTION",
  "NIO_REGISTRATION_ERROR",
  "NIO_UNEXPECTED_REGISTRATION_ERROR",
  "NIO_EVENT_FORWARDING_ERROR",
  "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR",
] as const;

/** The answers of the MSB that refuse something. */
export type Refusal = (typeof REFUSALS)[number];
