import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PLACES = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/snap/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:/Program Files/Mozilla Firefox/firefox.exe",
];

/** Nothing but loopback is asked for anything, and nothing but the pages is shown. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
  "trailhead.firstrun.didSeeAboutWelcome": true,
};

/** The machine's Firefox; the environment variable FIREFOX names one elsewhere. */
export function findFirefox(): string | undefined {
  const named = process.env["FIREFOX"];
  return (named === undefined ? PLACES : [named]).find((path) => existsSync(path));
}

/** A Firefox without a window, with these pages in its tabs, until it is disposed of. Nothing can be asked of it. */
export async function openInFirefox(urls: readonly string[]): Promise<AsyncDisposable> {
  const path = findFirefox();
  if (path === undefined) {
    throw new Error("No Firefox: run npx tsx scripts/ensure-firefox.ts");
  }
  const profile = await mkdtemp(join(tmpdir(), "msb-firefox-"));
  const preferences = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, "user.js"), preferences.join(""));
  // A group of its own: Firefox has a process for each site.
  const firefox = spawn(path, ["--headless", "--no-remote", "--profile", profile, ...urls], {
    stdio: "ignore",
    detached: true,
    env: { ...process.env, HOME: profile },
  });
  const ended = once(firefox, "close");
  return {
    async [Symbol.asyncDispose]() {
      if (firefox.pid !== undefined && firefox.exitCode === null && firefox.signalCode === null) {
        process.kill(-firefox.pid, "SIGKILL");
      }
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
