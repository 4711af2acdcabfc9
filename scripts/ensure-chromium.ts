// The browser tests need a Chromium. Where there is none, Debian's package is installed (as root), or one line says how.
import { findChromium } from "../tests/support/browser/chromium.ts";
import { installDebianPackages } from "./debian.ts";

// Where CHROMIUM names one that is not there, another is not what was asked for.
if (findChromium() === undefined && process.env["CHROMIUM"] === undefined) {
  installDebianPackages("chromium");
}

if (findChromium() === undefined) {
  console.error(
    "The browser tests need Chromium or Chrome: install one (Debian: sudo apt-get install chromium), or set CHROMIUM to its path.",
  );
  process.exitCode = 1;
}
