// Light or dark: as the system says, until somebody says otherwise in this browser.
import { computed, effect, signal } from "@preact/signals";
import { readKept, writeKept } from "./kept.ts";

export type Theme = "light" | "dark";

const NAME = "plant-theme";

const system = matchMedia("(prefers-color-scheme: dark)");
const isSystemDark = signal(system.matches);
const chosen = signal<Theme | undefined>(readKept(NAME, ["light", "dark"]));

/** What is shown. Who paints on a canvas paints anew when it changes. */
export const theme = computed<Theme>(() => chosen.value ?? (isSystemDark.value ? "dark" : "light"));

export function followTheme(): void {
  system.addEventListener("change", () => {
    isSystemDark.value = system.matches;
  });
  effect(() => {
    document.documentElement.style.colorScheme = theme.value;
  });
}

/** To the other one. Who comes back to what the system says follows the system again. */
export function switchTheme(): void {
  const wanted: Theme = theme.value === "dark" ? "light" : "dark";
  const isOfSystem = (wanted === "dark") === isSystemDark.value;
  chosen.value = isOfSystem ? undefined : wanted;
  writeKept(NAME, chosen.value);
}
