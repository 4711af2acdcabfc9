import { existsSync } from "node:fs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

/** The machine's Chromium or Chrome; the environment variable CHROMIUM names one elsewhere. */
export function findChromium(): string | undefined {
  const named = process.env["CHROMIUM"];
  return (named === undefined ? PLACES : [named]).find((path) => existsSync(path));
}
