import { own, propertiesOf } from "../../format/schema.ts";
import { alternativesOf, itemsOf, kindOf, requiredOf, resolve, type Typed, typeInWords } from "./typed.ts";

/** Whether values of one type can be given where another is needed: always, sometimes, never. */
export type Level = "fits" | "maybe" | "no";

export interface Fit {
  readonly level: Level;
  /** What is wrong; empty if it fits. */
  readonly words: string;
}

const FITS: Fit = { level: "fits", words: "" };
/** Formats can refer to themselves. */
const MAX_DEPTH = 8;
const ORDER: readonly Level[] = ["fits", "maybe", "no"];
/** Formats of numbers, by what they can hold. */
const WIDTHS: Readonly<Record<string, number>> = { int32: 1, int64: 2 };

/** Whether what the source says fits what the target needs. */
export function fitTypes(source: Typed, target: Typed, depth = 0): Fit {
  if (depth > MAX_DEPTH) {
    return FITS;
  }
  const sources = alternativesOf(source);
  const names = { given: typeInWords(source), wanted: typeInWords(target) };
  const fits = sources.map((each) =>
    alternativesOf(target)
      .map((wanted) => fitOne(each, wanted, names, depth))
      .reduce(better),
  );
  const worst = fits.reduce(worse, FITS);
  // One of several types fits: it depends on the event.
  return worst.level === "no" && fits.some(({ level }) => level !== "no")
    ? { level: "maybe", words: `not always: ${worst.words}` }
    : worst;
}

interface Names {
  readonly given: string;
  readonly wanted: string;
}

/** @param names of the two types, as their format has them. */
function fitOne(source: Typed, target: Typed, names: Names, depth: number): Fit {
  const wanted = kindOf(target);
  const given = kindOf(source);
  if (wanted === undefined) {
    return FITS;
  }
  if (given === undefined) {
    return { level: "maybe", words: `its type is not described, ${names.wanted} is needed` };
  }
  if (given !== wanted) {
    const isWider = given === "integer" && wanted === "number";
    return isWider ? FITS : { level: "no", words: `${names.given}, but ${names.wanted} is needed` };
  }
  switch (wanted) {
    case "object":
      return fitObjects(source, target, depth);
    case "array":
      return within("its items", fitTypes(itemsOf(source), itemsOf(target), depth + 1));
    default:
      return worse(fitChoices(source, target), fitFormats(source, target));
  }
}

function fitObjects(source: Typed, target: Typed, depth: number): Fit {
  const given = Object.fromEntries(propertiesOf(source.schema));
  const wanted = Object.fromEntries(propertiesOf(target.schema));
  const sure = requiredOf(source);
  const fits = requiredOf(target)
    .filter((name) => !sure.includes(name))
    .map((name): Fit => {
      const isKnown = own(given, name) !== undefined;
      return isKnown
        ? { level: "maybe", words: `${name} can be missing` }
        : { level: "no", words: `${name} is missing` };
    });
  for (const [name, schema] of Object.entries(given)) {
    const needed = own(wanted, name);
    if (needed !== undefined) {
      const fit = fitTypes({ ...source, schema }, { ...target, schema: needed }, depth + 1);
      fits.push(within(name, fit));
    } else if (target.schema["additionalProperties"] === false) {
      fits.push({ level: "no", words: `${name} is not known there` });
    }
  }
  return fits.reduce(worse, FITS);
}

/** Of schemas that list their values. */
function fitChoices(source: Typed, target: Typed): Fit {
  const wanted = target.schema["enum"];
  if (!Array.isArray(wanted)) {
    return FITS;
  }
  const words = `only ${wanted.map((value) => JSON.stringify(value)).join(", ")} can be given`;
  const given = source.schema["enum"];
  if (!Array.isArray(given)) {
    return { level: "maybe", words };
  }
  const known = given.filter((value) => wanted.includes(value));
  if (known.length === given.length) {
    return FITS;
  }
  return { level: known.length === 0 ? "no" : "maybe", words };
}

function fitFormats(source: Typed, target: Typed): Fit {
  const { format: given } = source.schema;
  const { format: wanted } = target.schema;
  if (typeof wanted !== "string" || given === wanted || wanted === "float" || wanted === "double") {
    return FITS;
  }
  const width = WIDTHS[wanted];
  if (width !== undefined) {
    const isNarrower = typeof given === "string" && (WIDTHS[given] ?? 9) < width;
    return isNarrower || given === undefined
      ? FITS
      : { level: "maybe", words: `large numbers do not fit ${wanted}` };
  }
  return { level: "maybe", words: `must look like ${wanted}` };
}

function worse(a: Fit, b: Fit): Fit {
  return ORDER.indexOf(b.level) > ORDER.indexOf(a.level) ? b : a;
}

function better(a: Fit, b: Fit): Fit {
  return ORDER.indexOf(b.level) < ORDER.indexOf(a.level) ? b : a;
}

function within(place: string, fit: Fit): Fit {
  return fit.level === "fits" ? fit : { ...fit, words: `${place}: ${fit.words}` };
}

/** Whether this type lets only strings pass: what a person types for it needs no quotes. */
export function isText(target: Typed): boolean {
  return alternativesOf(resolve(target)).every((each) => kindOf(each) === "string");
}
