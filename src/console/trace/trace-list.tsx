import { useRef } from "preact/hooks";
import { VirtualList } from "../components/virtual-list.tsx";
import { formatNumber } from "../data/amounts.ts";
import { isFiltered } from "../data/trace-filter.ts";
import {
  endRequests,
  goOn,
  held,
  hold,
  isAtEnd,
  isPointedAt,
  isStopped,
  select,
  selectedKey,
} from "../data/trace-hold.ts";
import { keyOf } from "../data/trace-rows.ts";
import { imported, isSampled, rows } from "../data/trace-store.ts";
import { rowHeight } from "./row-height.ts";
import { rowClass, TraceLine } from "./trace-line.tsx";

/** Milliseconds after which a finger has certainly chosen a row: the click comes after it has left. */
const TAP = 400;

/** Rows beside those that are seen. There are none in a flood that moves on: nobody scrolls there, who does has stopped it. */
const OVERSCAN = 6;

/** The rows. They stop while somebody points at them, so that what is clicked is what was seen. */
export function TraceList() {
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const enter = (event: PointerEvent) => {
    clearTimeout(leaving.current);
    isPointedAt.value = true;
    if (!(event.target instanceof Element && event.target.closest(".go-on"))) {
      hold();
    }
  };
  const leave = ({ pointerType }: PointerEvent) => {
    clearTimeout(leaving.current);
    const left = () => {
      isPointedAt.value = false;
    };
    if (pointerType === "mouse") {
      left();
    } else {
      leaving.current = setTimeout(left, TAP);
    }
  };
  return (
    <div
      class="trace-rows"
      onPointerEnter={enter}
      onPointerMove={enter}
      onPointerLeave={leave}
      onPointerCancel={leave}
    >
      <VirtualList
        label="Messages"
        items={rows.value}
        keyOf={keyOf}
        rowHeight={rowHeight()}
        rowClass={rowClass}
        followsEnd
        overscan={isStopped.value || !isSampled.value ? OVERSCAN : 0}
        endRequest={endRequests.value}
        onEnd={(isNow) => {
          isAtEnd.value = isNow;
          if (!isNow) {
            hold();
          }
        }}
        selected={selectedKey.value}
        onSelect={(each) => select(keyOf(each))}
        row={(each) => <TraceLine row={each} />}
      />
      {rows.value.length === 0 && (
        <p class="hint trace-empty">
          {imported.value !== undefined
            ? "No message of the file matches."
            : isFiltered.value
              ? "No message fits the filter yet."
              : "No message to show yet."}
        </p>
      )}
      <GoOn />
    </div>
  );
}

/** Says what has come while the rows were stopped, and shows it. */
function GoOn() {
  const { length } = held.value;
  return (
    length > 0 &&
    imported.value === undefined && (
      <button type="button" class="go-on primary" onClick={goOn}>
        ↓ {formatNumber(length)} new
      </button>
    )
  );
}
