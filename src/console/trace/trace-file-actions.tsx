import type { Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import type { Action } from "../components/outcome.tsx";
import { formatNumber } from "../data/amounts.ts";
import { held, select } from "../data/trace-hold.ts";
import { placeEntries } from "../data/trace-rows.ts";
import { type ImportedTrace, imported, rows } from "../data/trace-store.ts";
import { readFile } from "./read-file.ts";
import { writeFile } from "./trace-file.ts";

/** What a page can hold and show at once. */
const MAX_FILE_SIZE = 100_000_000;
const MAX_IMPORTED = 50_000;

/** Saves what the trace shows into a file, and shows one that was saved. */
export function TraceFileActions({ action }: { readonly action: Action }) {
  const input = useRef<HTMLInputElement>(null);
  const take = (file: File | undefined) => {
    if (file !== undefined) {
      action.run(async () => {
        const trace = await importFile(file);
        select(undefined);
        imported.value = trace;
        return undefined;
      });
    }
  };
  return (
    <>
      <Button
        title="Saves what is shown as a file, which the console and `msb-broker --replay` can read"
        onClick={() => action.run(exportFile)}
      >
        Export
      </Button>
      <Button
        title="Shows a file of Export, or of `msb-broker --record`"
        onClick={() => input.current?.click()}
      >
        Import
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".jsonl,.json,.txt"
        aria-label="File of a trace"
        onChange={({ currentTarget }) => {
          take(currentTarget.files?.[0]);
          // The same file can be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Says that what is shown is not live, and leads back. */
export function ImportedBanner({ trace }: { readonly trace: Signal<ImportedTrace | undefined> }) {
  if (trace.value === undefined) {
    return null;
  }
  const { name, rows: all, total } = trace.value;
  const [first, last] = [all[0]?.entry.at, all.at(-1)?.entry.at].map((at) =>
    at === undefined ? "" : new Date(at).toLocaleString("en-GB"),
  );
  return (
    <p class="imported" role="status">
      <b>Not live</b>
      <span>
        the file {name}, {first} to {last}
        {total > all.length && `, the last ${formatNumber(all.length)} of ${formatNumber(total)} lines`}
      </span>
      <Button
        class="primary"
        onClick={() => {
          select(undefined);
          trace.value = undefined;
        }}
      >
        Back to live
      </Button>
    </p>
  );
}

async function exportFile() {
  const entries = rows.peek().map(({ entry }) => entry);
  const all = imported.peek() === undefined ? [...entries, ...held.peek()] : entries;
  const url = URL.createObjectURL(new Blob([await writeFile(all)], { type: "application/jsonl" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `msb-trace-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.jsonl`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return { message: `Saved ${formatNumber(all.length)} lines as ${link.download}.` };
}

async function importFile(file: File): Promise<ImportedTrace> {
  if (file.size > MAX_FILE_SIZE) {
    const megabytes = (size: number) => `${Math.ceil(size / 1_000_000)} MB`;
    throw new Error(
      `${file.name} has ${megabytes(file.size)}; the console shows files of at most ${megabytes(MAX_FILE_SIZE)}.`,
    );
  }
  const entries = readFile(await file.text());
  const rows = placeEntries([], entries.slice(-MAX_IMPORTED), 0);
  return { name: file.name, rows, total: entries.length };
}
