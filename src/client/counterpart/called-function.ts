import type { DataFormat, DataFormatJson } from "../../core/data-format/index.ts";
import type { CheckedEvent, CheckedFunction } from "../../core/self-description/index.ts";

/** The event that a flow makes a call of a function: it carries what the call does. */
export function eventFor(
  description: CheckedFunction,
  fields: Pick<CheckedEvent, "eventId" | "name" | "description">,
  parameterNames: readonly string[],
): CheckedEvent {
  const { dataFormat, hasNamedParameters } = description;
  return {
    ...fields,
    priority: 0,
    isCall: true,
    dataFormat: hasNamedParameters ? asOneValue(dataFormat, parameterNames) : dataFormat,
  };
}

/** Named parameters as one object: an event has one value. */
function asOneValue(parameters: DataFormat, names: readonly string[]): DataFormat {
  const { json } = parameters;
  if (json === undefined) {
    // No parameters at all: an event without payload, whether `{}` is given or nothing.
    return { ...parameters, encode: (value, options) => void parameters.encode(value ?? {}, options) };
  }
  const entries = Object.entries(json);
  const properties = Object.fromEntries(entries.filter(([name]) => names.includes(name)));
  const definitions = Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
  const asObject: DataFormatJson = { ...definitions, dataObject: { type: "object", properties } };
  return { ...parameters, json: asObject };
}
