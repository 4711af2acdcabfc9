import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { mustBe } from "../../core/validation/describe-value.ts";
import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import type { LogFunction } from "../observing/log.ts";
import { parseBoundedJson } from "../protocol/bounded-json.ts";
import { FLOW_BOUNDS } from "../support/limits.ts";
import { compileFlow } from "./flow.ts";
import { readFlowInput } from "./flow-input.ts";
import type { FlowStore, NewFlow } from "./flow-store.ts";

/** Editors write a file in several steps; it is read when it has been quiet for this many milliseconds. */
const QUIET = 50;

export interface FlowsFileDependencies {
  readonly flows: FlowStore;
  /** Called when the flows have changed. */
  readonly onChange: () => void;
  readonly log: LogFunction;
}

/** Keeps the flows of a file in the store; the function that it resolves with stops watching. */
export async function watchFlowsFile(path: string, dependencies: FlowsFileDependencies): Promise<() => void> {
  const file = resolve(path);
  let text: string | undefined;
  let ids: number[] = [];
  const load = async () => {
    const now = await read(file);
    if (now === text) {
      return;
    }
    text = now;
    const wanted = parse(file, now);
    for (const id of ids) {
      dependencies.flows.remove(id);
    }
    ids = wanted.map((flow) => dependencies.flows.add(flow).entry.id);
    dependencies.onChange();
    dependencies.log({ level: "info", message: `Flows of ${file}: ${ids.length}` });
  };
  await load();
  let timer: NodeJS.Timeout | undefined;
  // The directory, because many editors put a new file in the place of the old one.
  const watcher = watch(dirname(file), (_, name) => {
    if (name === null || name === basename(file)) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        load().catch((error) => {
          const message = `The flows stay as they are. ${describeError(error)}`;
          dependencies.log({ level: "error", message });
        });
      }, QUIET);
    }
  });
  watcher.on("error", (error) => {
    dependencies.log({ level: "error", message: `${file} is not watched any more: ${error.message}` });
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw wrong(file, describeError(error), error);
  }
}

function parse(file: string, text: string): NewFlow[] {
  let value: unknown;
  try {
    // Windows' editors put a byte order mark in front.
    value = parseBoundedJson(text.replace(/^\uFEFF/, ""), { depth: FLOW_BOUNDS.depth });
  } catch (error) {
    throw wrong(file, `its JSON cannot be read: ${describeError(error)}`, error);
  }
  const flows: unknown = isRecord(value) && "flows" in value ? value["flows"] : value;
  if (!Array.isArray(flows)) {
    throw wrong(file, mustBe('an array of flows, or { "flows": […] }', flows), undefined);
  }
  return flows.map((each, index) => {
    try {
      const flow = readFlowInput(each, "file", true);
      // Checked before the old ones go.
      flow.flows.forEach(compileFlow);
      return flow;
    } catch (error) {
      throw wrong(file, `[${index}] ${describeError(error)}`, error);
    }
  });
}

function wrong(file: string, message: string, cause: unknown): MsbDefinitionError {
  return new MsbDefinitionError(`The flows file ${file} cannot be used`, [{ path: "", message }], { cause });
}
