// Runs once before the interop tests, which run side by side: none of them has to know that another one needs the same client.
import { chosenLanguages } from "./languages.ts";

export default async function prepareAll(): Promise<void> {
  for (const { prepare } of chosenLanguages().chosen) {
    await prepare();
  }
}
