import { Fragment } from "preact";
import { nameOf } from "../data/broker-state.ts";
import { rememberRecent } from "../data/remember-recent.ts";
import type { TraceRow } from "../data/trace-rows.ts";
import type { TraceEntry } from "../data/types.ts";
import { isolate } from "../format/isolate.ts";
import { answerOf, DIRECTIONS, isRefused, KIND_NAMES, timeOf } from "./describe-entry.ts";
import { describePayload } from "./describe-payload.ts";

/** Deeper ones stand no further to the right, where there would be no room. */
const MAX_DEPTH = 4;

/**
 * Most rows of the list only move up when some have come. What is kept is what can be seen, and little more: for each line of the
 * trace it would be more than the line.
 */
const payloadOf = rememberRecent(100, describePayload);

export function TraceLine({ row }: { readonly row: TraceRow }) {
  const { entry, depth, isApart } = row;
  const { at, direction, kind, uuid, connectionId, name } = entry;
  const answer = answerOf(row);
  return (
    <>
      <time>{timeOf(at)}</time>
      <span class="what" style={`--depth:${Math.min(depth, MAX_DEPTH)}`}>
        {(depth > 0 || isApart) && (
          <span class="under" title={isApart ? "Belongs to an event that is not near" : undefined}>
            └
          </span>
        )}
        <span class={`kind kind-${kind}`} title={`${KIND_NAMES[kind]}, ${DIRECTIONS[direction]}`}>
          {kind}
        </span>
        {answer && (
          <span class="answer" title={answer.words}>
            {answer.sign}
            {answer.took}
          </span>
        )}
      </span>
      <span class="who">{uuid === undefined ? connectionId : nameOf(uuid)}</span>
      <span class="said">
        {kind !== "note" && <span class="name">{name}</span>}
        <span class="text">
          <Remark entry={entry} />
          <Payload entry={entry} />
        </span>
      </span>
    </>
  );
}

/** Why it was refused, or what else is to be known of it. */
function Remark({ entry }: { readonly entry: TraceEntry }) {
  const { note, level, answer } = entry;
  if (isRefused(entry)) {
    const reason = note ?? answer?.reply;
    return reason !== undefined && <em>{reason} </em>;
  }
  const isWarning = level === "warn" || level === "error";
  return (
    (note !== undefined || isWarning) && (
      <em>
        {isWarning && "⚠ "}
        {note}{" "}
      </em>
    )
  );
}

/** Such as `rpm 68 · celsius 21.2`. */
function Payload({ entry }: { readonly entry: TraceEntry }) {
  const members = payloadOf(entry);
  const last = members.length - 1;
  return members.map(({ name, value }, index) => (
    <Fragment key={index}>
      {name !== "" && <i>{isolate(name)} </i>}
      {index < last ? `${isolate(value)} · ` : isolate(value)}
    </Fragment>
  ));
}

/** What its row is marked with. */
export function rowClass({ entry }: TraceRow): string {
  return isRefused(entry) ? "refused" : entry.level;
}
