export type Unit = "ns" | "µs" | "B";

const SCALES: Readonly<Record<Unit, readonly (readonly [number, string])[]>> = {
  ns: [
    [1e9, "s"],
    [1e6, "ms"],
    [1e3, "µs"],
    [1, "ns"],
  ],
  µs: [
    [1e6, "s"],
    [1e3, "ms"],
    [1, "µs"],
    [1e-3, "ns"],
  ],
  B: [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
    [1, "B"],
  ],
};

/** Three digits and a unit that suits them: 0.0123 ms is `12.3 µs`. */
export function formatQuantity(value: number, unit: Unit): string {
  const scales = SCALES[unit];
  const [scale, name] = scales.find(([least]) => value >= least * 0.9995) ?? scales.at(-1) ?? [1, unit];
  return `${threeDigits(value / scale)} ${name}`;
}

/** 1, 10, 100, 1 k, 10 k and so on. */
export function formatCount(count: number): string {
  const [scale, name] = [[1e6, " M"] as const, [1e3, " k"] as const].find(([least]) => count >= least) ?? [
    1,
    "",
  ];
  return `${threeDigits(count / scale)}${name}`;
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
