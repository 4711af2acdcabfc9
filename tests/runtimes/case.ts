import type { Broker } from "../../src/broker/index.ts";
import type { Authority } from "../support/servers/certificates.ts";
import type { Tools } from "./tools.ts";

export const GROUPS = ["server", "browser", "test runner", "bundler"] as const;

export type Group = (typeof GROUPS)[number];

/** Something that this package runs in, or that makes programs of it. */
export interface RuntimeCase {
  /** As people know it, such as `Node.js 22`. */
  readonly name: string;
  readonly group: Group;
  version(context: RuntimeContext): Promise<string> | string;
  /** Tries it. What it throws is a failed check, too. */
  run(context: RuntimeContext): Promise<readonly Check[]>;
}

/** One column of the table. */
export interface Check {
  /** The same for all cases that check the same thing: it becomes the head of a column. */
  readonly name: string;
  /** `false` fails the run. A limit of the runtime is not a failure: it is `limit`. */
  readonly passed: boolean;
  /** What went wrong. */
  readonly detail?: string | undefined;
  /** What the runtime cannot do, in a few words: it stands in the table in place of a tick. */
  readonly limit?: string | undefined;
}

/** What every case is given. */
export interface RuntimeContext {
  /** A broker that serves http, and https with a certificate of the authority `ca`. */
  readonly broker: Broker;
  /** Where it is asked for. */
  readonly http: string;
  readonly https: string;
  /** An authority that nobody else knows; `ca` is the path of its certificate, a PEM file. */
  readonly authority: Authority;
  readonly ca: string;
  /**
   * A folder with the packed package installed in `node_modules`, with zod and level. What stands below it finds these, and the
   * tools of tools/package.json, as an application would: without links, and without what the repository has.
   */
  readonly folder: string;
  readonly tools: Tools;
  /** Copies a folder of this one (such as `projects/webpack`) below `folder`, under its own name. @returns its path */
  copy(path: string): Promise<string>;
}
