// `npm run test:runtimes` needs a Firefox. Where there is none, Debian's package is installed (as root), or one line says how.
import { findFirefox } from "../tests/support/browser/firefox.ts";
import { installDebianPackages } from "./debian.ts";

// Where FIREFOX names one that is not there, another is not what was asked for.
if (findFirefox() === undefined && process.env["FIREFOX"] === undefined) {
  installDebianPackages("firefox-esr");
}

if (findFirefox() === undefined) {
  console.error(
    "The tests of runtimes need Firefox: install it (Debian: sudo apt-get install firefox-esr), or set FIREFOX to its path.",
  );
  process.exitCode = 1;
}
