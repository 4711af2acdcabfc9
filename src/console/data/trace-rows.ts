import type { TraceAnswer, TraceEntry } from "./types.ts";

/** A line of the trace, and where it stands: a call under its event, a response event under its call. */
export interface TraceRow {
  readonly entry: TraceEntry;
  /** 0 for what stands under nothing. */
  readonly depth: number;
  /** What it stands under. Not its key: thousands of rows would have one. */
  readonly parent: TraceEntry | undefined;
  /** Of what belongs under a row that is not there, or too far up. */
  readonly isApart: boolean;
  /** Of a call: milliseconds until its response event. */
  readonly responded: number | undefined;
  /** A broker that was started again counts from 1 again. */
  readonly run: number;
}

/** How far up what something belongs to is looked for: what is put further up would not be seen. */
const WINDOW = 500;

/** The rows with these entries: at the end, or under what they belong to. */
export function placeEntries(
  rows: readonly TraceRow[],
  entries: readonly TraceEntry[],
  run: number,
): TraceRow[] {
  const placed = [...rows];
  for (const entry of entries) {
    place(placed, entry, run);
  }
  return placed;
}

/** The rows with answers that have come later, by the `seq` of their messages. */
export function answerRows(
  rows: readonly TraceRow[],
  answers: ReadonlyMap<number, TraceAnswer>,
  run: number,
): readonly TraceRow[] {
  if (answers.size === 0) {
    return rows;
  }
  return rows.map((row) => {
    const answer = row.run === run ? answers.get(row.entry.seq) : undefined;
    return answer === undefined ? row : { ...row, entry: { ...row.entry, answer } };
  });
}

/** What a row is called in the address. It is made when it is needed: thousands of rows are never chosen. */
export function keyOf({ entry: { seq, at } }: Pick<TraceRow, "entry">): string {
  return `${seq}-${at}`;
}

/** The key of the row that it stands under. */
export function keyOfParent(row: Pick<TraceRow, "parent"> | undefined): string | undefined {
  return row?.parent && keyOf({ entry: row.parent });
}

/** A function that tells whether a row has this key, without making those of all rows. */
export function isRowOf(key: string | undefined): (row: TraceRow) => boolean {
  const time = Number(key?.slice(key.lastIndexOf("-") + 1));
  return (row) => Math.abs(row.entry.at) === time && keyOf(row) === key;
}

function place(rows: TraceRow[], entry: TraceEntry, run: number): void {
  const row: TraceRow = {
    entry,
    depth: 0,
    parent: undefined,
    isApart: false,
    responded: undefined,
    run,
  };
  const { kind } = entry;
  const at = kind === "C" ? findEvent(rows, row) : kind === "E" ? findCall(rows, row) : -1;
  const above = rows[at];
  if (above === undefined) {
    rows.push({ ...row, isApart: kind === "C" && entry.cause !== undefined });
    return;
  }
  if (kind === "E" && above.entry.kind === "C" && above.responded === undefined) {
    rows[at] = { ...above, responded: Math.max(0, entry.at - above.entry.at) };
  }
  let end = at + 1;
  while ((rows[end]?.depth ?? 0) > above.depth) {
    end += 1;
  }
  rows.splice(end, 0, { ...row, depth: above.depth + 1, parent: above.entry });
}

/** Where the event stands that a call comes from: the broker says it, or the correlation id does. */
function findEvent(rows: readonly TraceRow[], { entry, run }: TraceRow): number {
  const { cause, correlationId } = entry;
  if (cause !== undefined) {
    return findUp(rows, (row) => row.run === run && row.entry.seq === cause);
  }
  return correlationId === undefined
    ? -1
    : findUp(rows, ({ entry: each }) => each.kind === "E" && each.correlationId === correlationId);
}

/** Where the call stands that an event answers. If it can be one of several, it is not said which: then the event of these. */
function findCall(rows: readonly TraceRow[], { entry }: TraceRow): number {
  const { correlationId, uuid } = entry;
  if (correlationId === undefined) {
    return -1;
  }
  const isCall = ({ entry: each }: TraceRow) =>
    each.kind === "C" && each.correlationId === correlationId && each.uuid === uuid;
  const isOpen = (row: TraceRow) => isCall(row) && row.responded === undefined;
  const first = findUp(rows, isOpen);
  const second = first === -1 ? -1 : findUp(rows, isOpen, first);
  if (second === -1) {
    return first === -1 ? findUp(rows, isCall) : first;
  }
  const [event, other] = [keyOfParent(rows[first]), keyOfParent(rows[second])];
  return event === undefined || event !== other ? -1 : findUp(rows, isRowOf(event), second);
}

function findUp(rows: readonly TraceRow[], is: (row: TraceRow) => boolean, before = rows.length): number {
  for (let at = before - 1; at >= Math.max(0, rows.length - WINDOW); at -= 1) {
    const row = rows[at];
    if (row !== undefined && is(row)) {
      return at;
    }
  }
  return -1;
}
