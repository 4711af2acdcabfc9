import type { $ZodType } from "zod/v4/core";
import type {
  ComplexDataFormat,
  DataFormatDefinition,
  DataFormatJson,
  DataTypeName,
  Json,
  ValidDataFormat,
  ValidDataFormats,
  ValueOfDataType,
} from "../../core/data-format/index.ts";
import type { Priority } from "../../core/self-description/index.ts";
import type { ParameterDefinitions } from "../function.ts";

/** A data format that stands for a whole entry: what has nothing else to say. `null`: no payload. */
export type ShortEntry =
  | $ZodType
  | DataTypeName
  | ComplexDataFormat
  | (DataFormatJson & { readonly dataObject: Json })
  | null;

/** An event in a contract; its key is the eventId. */
export interface EventEntry {
  /** @default the eventId */
  readonly name?: string | null;
  /** @default "" */
  readonly description?: string | null;
  /** The data format of the payload; `null` or left out: no payload. */
  readonly dataFormat?: DataFormatDefinition;
  /** Whether the payload is an array of `dataFormat`. @default false */
  readonly isArray?: boolean | null;
  /** The priority of events that are published without one of their own. @default "LOW" */
  readonly priority?: Priority | null;
}

/** What every function in a contract may say. */
export interface CommonFunctionEntry<EventId extends string> {
  /** @default the functionId */
  readonly name?: string | null;
  /** @default "" */
  readonly description?: string | null;
  /** The event that a call is answered with; or several, the first of which that comes is the answer. @default none: a call is not answered */
  readonly responds?: EventId | readonly EventId[] | null;
}

/** A function in a contract; its key is the functionId. */
export type FunctionEntry<EventId extends string = string> =
  | (CommonFunctionEntry<EventId> & {
      /** What the payload of a call looks like; `null` or left out: no payload. */
      readonly dataFormat?: DataFormatDefinition;
      /** Whether the payload is an array of `dataFormat`. @default false */
      readonly isArray?: boolean | null;
      readonly parameters?: null | undefined;
    })
  | (CommonFunctionEntry<EventId> & {
      /** Named parameters, instead of `dataFormat`. */
      readonly parameters: ParameterDefinitions;
      readonly dataFormat?: null | undefined;
      readonly isArray?: null | undefined;
    });

/** A configuration parameter in a contract; its key is the name. */
export type ParameterEntry = {
  [Type in DataTypeName]: {
    readonly type: Type;
    /** What it is before the MSB or the program changes it. */
    readonly value: ValueOfDataType<Type>;
  };
}[DataTypeName];

/** The events of a contract, by eventId. */
export type EventEntries = Readonly<Record<string, EventEntry | ShortEntry>>;
/** The functions of a contract, by functionId. */
export type FunctionEntries<EventId extends string = string> = Readonly<
  Record<string, FunctionEntry<EventId> | ShortEntry>
>;
/** The configuration parameters of a contract, by name. */
export type ParameterEntries = Readonly<Record<string, ParameterEntry>>;

/**
 * A field of an entry; `undefined` if the entry has none of that name. Types ask for a field so: whether an entry extends an
 * object with that field is answered wrongly by TypeScript before 5.9, if the entry has other fields, too.
 */
export type EntryFieldOf<Entry, Key> = Key extends keyof Entry ? Entry[Key] : undefined;

/** An entry as it must be: the same, but for a misspelt name of a simple type. So the compiler points there, and editors propose. */
export type ValidEntry<Entry> =
  EntryFieldOf<Entry, "dataFormat"> extends infer Format extends string
    ? Format extends ValidDataFormat<Format>
      ? Entry
      : Omit<Entry, "dataFormat"> & { readonly dataFormat: ValidDataFormat<Format> }
    : EntryFieldOf<Entry, "parameters"> extends infer Parameters extends object
      ? Parameters extends ValidDataFormats<Parameters>
        ? Entry
        : Omit<Entry, "parameters"> & { readonly parameters: ValidDataFormats<Parameters> }
      : Entry;

/** {@link ValidEntry} of several, by id. */
export type ValidEntries<Entries> = { readonly [Id in keyof Entries]: ValidEntry<Entries[Id]> };
