import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { HighlightedJson } from "../components/json.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { ServiceLink } from "../components/service-link.tsx";
import { countOf, formatNumber } from "../data/amounts.ts";
import { showOnly } from "../data/trace-filter.ts";
import { select, selectedKey } from "../data/trace-hold.ts";
import { isRowOf, keyOf, type TraceRow } from "../data/trace-rows.ts";
import { rows } from "../data/trace-store.ts";
import { isolate } from "../format/isolate.ts";
import { copyText } from "./copy-text.ts";
import { answerOf, DIRECTIONS, isRefused, KIND_NAMES, timeOf } from "./describe-entry.ts";
import { indent, splitMessage } from "./json-text.ts";
import { Related } from "./related.tsx";
import { canBeSentAgain, sendAgain } from "./send-again.ts";
import { useChosen } from "./whole-entry.ts";

interface DetailsProps {
  /** Of the row. */
  readonly of: string;
  readonly onClose: () => void;
}

/** Colouring more takes longer than reading it. */
const MAX_COLOURED = 50_000;

/** A whole message. */
export function TraceDetails({ of, onClose }: DetailsProps) {
  const { row, whole, isGone } = useChosen(of);
  const index = rows.value.findIndex(isRowOf(of));
  const aside = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const { target } = event;
      // The message itself scrolls by these keys. A button at which there is no next one leaves the focus to the whole page.
      const isMeant =
        target === document.body ||
        (target instanceof Element && aside.current?.contains(target) && target.closest("pre") === null);
      if (step !== undefined && isMeant) {
        event.preventDefault();
        go(step);
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <aside ref={aside} class="trace-details" aria-label="Message">
      <div class="title">
        <h3>
          {row === undefined ? "A message" : `${timeOf(row.entry.at)} ${KIND_NAMES[row.entry.kind]}`}{" "}
          {row !== undefined && row.entry.kind !== "note" && <code>{isolate(row.entry.name ?? "")}</code>}
        </h3>
        <div class="steps">
          <Button label="Previous message" title="Previous (↑)" disabled={index <= 0} onClick={() => go(-1)}>
            ↑
          </Button>
          <Button
            label="Next message"
            title="Next (↓)"
            disabled={index === -1 || index === rows.value.length - 1}
            onClick={() => go(1)}
          >
            ↓
          </Button>
          <Button label="Close" title="Close (Escape)" onClick={onClose}>
            ✕
          </Button>
        </div>
      </div>
      {row === undefined ? (
        <p class="hint">
          {isGone ? "The broker does not keep this message any more." : "Asking the broker…"}
        </p>
      ) : (
        <Message
          key={of}
          row={row}
          text={(whole ?? row.entry).text}
          isCut={(whole ?? row.entry).isCut === true}
          isGone={isGone}
        />
      )}
    </aside>
  );
}

interface MessageProps {
  readonly row: TraceRow;
  /** As much of it as is known. */
  readonly text: string;
  readonly isCut: boolean;
  readonly isGone: boolean;
}

function Message({ row, text, isCut, isGone }: MessageProps) {
  const { entry } = row;
  const { direction, kind, uuid, connectionId, correlationId, size, note } = entry;
  const action = useAction();
  const answer = answerOf(row);
  const readable = useMemo(() => layOut(text), [text]);
  return (
    <>
      <dl>
        {uuid !== undefined && (
          <Fact term="service">
            <ServiceLink uuid={uuid} /> <small>{uuid}</small>
          </Fact>
        )}
        {direction !== "note" && (
          <Fact term="way">
            {DIRECTIONS[direction]}
            {connectionId !== undefined && `, connection ${connectionId}`}
          </Fact>
        )}
        {answer && (
          <Fact term="answer">
            <span class={isRefused(entry) ? "bad" : ""}>
              {answer.sign} {answer.words}
            </span>
          </Fact>
        )}
        {correlationId !== undefined && (
          <Fact term="correlation id">
            <code>{correlationId}</code>
          </Fact>
        )}
      </dl>
      {note !== undefined && <p class={`outcome ${entry.level === "info" ? "" : "bad"}`}>{note}</p>}
      <div class="actions">
        <Button
          onClick={() =>
            action.run(async () => {
              await copyText(text);
              return { message: "Copied." };
            })
          }
        >
          Copy
        </Button>
        {canBeSentAgain(entry) && (
          <Button
            disabled={isCut}
            title={isCut ? "The broker does not have all of it any more" : undefined}
            onClick={() => action.run(async () => ({ message: await sendAgain(entry, text) }))}
          >
            {kind === "C" ? "Call again" : "Send again"}
          </Button>
        )}
        {correlationId !== undefined && (
          <Button class="link" onClick={() => showOnly({ contains: correlationId })}>
            Show everything with its correlation id
          </Button>
        )}
      </div>
      <OutcomeMessage action={action} />
      {readable.length > MAX_COLOURED ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard.
        <pre class="json" tabIndex={0}>
          {readable}
        </pre>
      ) : (
        <HighlightedJson json={readable} />
      )}
      {isCut && (
        <p class="hint">
          {isGone
            ? `The first ${formatNumber(text.length)} of ${countOf(size, "character")}; the broker keeps no more of it.`
            : "Asking the broker for the rest…"}
        </p>
      )}
      <Related row={row} />
    </>
  );
}

/** Chooses the row that is so many further down. */
function go(step: number): void {
  const now = rows.peek().findIndex(isRowOf(selectedKey.peek()));
  const next = now === -1 ? undefined : rows.peek()[now + step];
  if (next !== undefined) {
    select(keyOf(next));
  }
}

/** The letter, and its JSON on several lines; any other message as it is. */
function layOut(message: string): string {
  const { letter, json } = splitMessage(message);
  return json === "" ? message : `${letter} ${indent(json)}`;
}

function Fact({ term, children }: { readonly term: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}
