import { SignForm } from "../cards/machine-sign.tsx";
import { now } from "../data/clock.ts";
import { type BusState, busState, tryNow } from "../data/msb.ts";
import { duration, type Level } from "../data/sign.ts";

const LEVELS: Readonly<Record<BusState["kind"], Level>> = {
  connecting: "waiting",
  connected: "live",
  lost: "silent",
  refused: "late",
};

export function BusSign() {
  const { kind, text, nextTryAt } = busState.value;
  const canTry = kind === "lost" || kind === "refused";
  return (
    <div class="sign bus" data-level={LEVELS[kind]}>
      <SignForm level={LEVELS[kind]} />
      <span>
        Bus: {text}
        {nextTryAt === undefined ? "" : `, next try in ${duration(Math.max(0, nextTryAt - now.value) + 999)}`}
      </span>
      {canTry ? (
        <button type="button" class="small" onClick={tryNow}>
          Try now
        </button>
      ) : null}
    </div>
  );
}
