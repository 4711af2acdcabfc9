import type { ServiceSummary } from "./types.ts";

/** A function that tells whether what a person typed is a part of a service's name or uuid. */
export function serviceMatcher(typed: string): (service: ServiceSummary) => boolean {
  const wanted = typed.trim().toLowerCase();
  return ({ name, uuid }) => name.toLowerCase().includes(wanted) || uuid.toLowerCase().includes(wanted);
}
