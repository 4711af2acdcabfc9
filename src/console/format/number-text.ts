import { isLosslessNumber, type JsonNode, LosslessNumber, writeNode } from "./lossless.ts";

const NUMBER = /^\+?(-?)(\d*)((?:\.\d+)?)((?:[eE][-+]?\d+)?)$/;

/** What a person typed into a field for a number: a number with just these digits, or a string that the check then refuses. */
export function readNumber(typed: string): JsonNode {
  const [whole, minus = "", digits = "", fraction = "", exponent = ""] = NUMBER.exec(typed.trim()) ?? [];
  if (whole === undefined || digits + fraction === "") {
    return typed;
  }
  // JSON knows neither `+5` nor `007` nor `.5`.
  return new LosslessNumber(`${minus}${digits.replace(/^0+(?=\d)/, "") || "0"}${fraction}${exponent}`);
}

/** What a field for a number shows. */
export function numberText(node: JsonNode | undefined): string {
  if (node === undefined) {
    return "";
  }
  return isLosslessNumber(node) ? node.value : typeof node === "string" ? node : writeNode(node, 0);
}

const DECIMAL = /^(-?)(\d*)(?:\.(\d+))?$/;

/** The next number up or down, for the arrow keys; as it stands there, with all of its digits. */
export function stepFrom(text: string, step: number, direction: 1 | -1): string {
  const places = Math.max(placesOf(text), placesOf(String(step)));
  const from = shifted(text === "" ? "0" : text, places);
  const by = shifted(String(step), places);
  return from === undefined || by === undefined
    ? String((Number(text) || 0) + direction * step)
    : unshifted(from + BigInt(direction) * by, places);
}

function placesOf(text: string): number {
  return DECIMAL.exec(text)?.[3]?.length ?? 0;
}

/** A decimal number with its point so many places to the right; `undefined` for what has an exponent, or is none. */
function shifted(text: string, places: number): bigint | undefined {
  const [whole, minus = "", digits = "", fraction = ""] = DECIMAL.exec(text) ?? [];
  return whole === undefined || digits + fraction === ""
    ? undefined
    : BigInt(`${minus}1`) * BigInt(digits + fraction.padEnd(places, "0"));
}

function unshifted(value: bigint, places: number): string {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, "0");
  const point = digits.length - places;
  const fraction = digits.slice(point).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, point)}${fraction === "" ? "" : `.${fraction}`}`;
}
