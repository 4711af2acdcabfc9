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

/** The next number up or down, for the arrow keys; integers of any size stay exact. */
export function stepFrom(text: string, step: number, direction: 1 | -1): string {
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(step)) {
    return String(BigInt(text) + BigInt(direction * step));
  }
  const next = (Number(text) || 0) + direction * step;
  // 0.1 + 0.2 has a long tail.
  return String(Number(next.toPrecision(12)));
}
