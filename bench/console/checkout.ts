import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A checkout that has been built, and its name in the table. */
export interface Checkout extends Disposable {
  readonly name: string;
  readonly folder: string;
}

/** The checkout that this is a part of: `npm run bench:console` has built it. */
export function ownCheckout(): Checkout {
  return { name: "here", folder: process.cwd(), [Symbol.dispose]: () => {} };
}

/**
 * @param place a folder that has been built; or a commit, which is built in a folder of its own with the packages that are installed
 * here, and deleted afterwards.
 */
export function openCheckout(place: string): Checkout {
  if (existsSync(join(place, "dist/broker.js"))) {
    return { name: place, folder: resolve(place), [Symbol.dispose]: () => {} };
  }
  if (existsSync(place)) {
    throw new Error(`There is no dist/broker.js in ${place}: run npm run build there.`);
  }
  const folder = mkdtempSync(join(tmpdir(), "msb-console-"));
  const checkout = {
    name: place,
    folder,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
      execFileSync("git", ["worktree", "prune"]);
    },
  };
  try {
    execFileSync("git", ["worktree", "add", "--quiet", "--detach", folder, place]);
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
    execFileSync(process.execPath, [resolve("node_modules/tsup/dist/cli-default.js"), "--silent"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    return checkout;
  } catch (error) {
    checkout[Symbol.dispose]();
    throw error;
  }
}
