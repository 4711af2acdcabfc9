/** Colours of the style sheet as a canvas takes them. */
export interface Ink {
  readonly temperature: string;
  readonly right: string;
  readonly limit: string;
  readonly late: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly unknown: string;
  readonly ground: string;
}

const VARIABLES: Record<keyof Ink, string> = {
  temperature: "--chart-temperature",
  right: "--chart-right",
  limit: "--chart-limit",
  late: "--chart-late",
  text: "--text",
  quiet: "--quiet",
  grid: "--chart-grid",
  unknown: "--raised",
  ground: "--card",
};

/** A custom property is not resolved by itself: `light-dark()` has a value only as the colour of an element. */
export function inkOf(element: HTMLElement): Ink {
  const probe = element.appendChild(document.createElement("span"));
  const entries = Object.entries(VARIABLES).map(([name, variable]) => {
    probe.style.color = `var(${variable})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(entries);
}
