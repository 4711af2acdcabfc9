import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./chromium.ts";

const ARGUMENTS = [
  // Tests run as root in containers, where Chromium's sandbox does not.
  "--no-sandbox",
  "--disable-gpu",
  // Nothing but loopback is asked for anything.
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium without a window; whoever launches it closes it. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error("No Chromium: run npx tsx scripts/ensure-chromium.ts");
  }
  return chromium.launch({ executablePath, headless: true, args: [...ARGUMENTS, ...more] });
}
