// The parameter of the press that can be edited here.
import { effect, signal } from "@preact/signals";
import { press as contract } from "../../contracts/press.ts";
import { forDevelopers } from "./for-developers.ts";
import { plant } from "./plant.ts";

/** What the page itself refuses, in degrees Celsius; the plant may have more to say. */
const LIMITS = { min: 20, max: 120 } as const;

/** In degrees Celsius: above it the press raises an alarm. */
export const temperatureLimit = signal(Number(contract.parameters.temperatureLimit.value));

export function followSettings(): void {
  effect(() => {
    const { temperatureLimit: known } = plant.value ?? {};
    if (known !== undefined) {
      temperatureLimit.value = known;
    }
  });
}

export type SettingOutcome = { readonly isSet: true } | { readonly isSet: false; readonly why: string };

/** @param entered as it was typed; a comma is as good as a point */
export async function setTemperatureLimit(entered: string): Promise<SettingOutcome> {
  const text = entered.trim().replace(",", ".");
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) {
    return refused(`Enter a number of degrees, such as ${temperatureLimit.value}.`);
  }
  if (value < LIMITS.min || value > LIMITS.max) {
    return refused(`The limit must be between ${LIMITS.min} and ${LIMITS.max} °C.`);
  }
  try {
    const response = await fetch("plant/temperature-limit", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(value),
      signal: AbortSignal.timeout(5_000),
    });
    if (response.status === 400) {
      const { message } = (await response.json()) as { message: string };
      return refused(message);
    }
    if (response.ok) {
      temperatureLimit.value = value;
      return { isSet: true };
    }
    forDevelopers(await response.text());
  } catch (error) {
    forDevelopers(error);
  }
  return refused("Not set: the plant does not answer.");
}

function refused(why: string): SettingOutcome {
  return { isSet: false, why };
}
