import { troubleCount, troubles } from "../data/activity.ts";
import { countOf, formatNumber } from "../data/amounts.ts";
import { connectedCount, services } from "../data/broker-state.ts";
import { lostSince } from "../data/connection.ts";
import { describeTrouble, isLoss } from "./describe-trouble.ts";

interface Answer {
  readonly tone: "good" | "warn" | "bad" | "idle";
  readonly sign: string;
  readonly title: string;
  readonly text: string;
}

/** The first thing to be read: is it well? */
export function Verdict() {
  const { tone, sign, title, text } = judge();
  return (
    <div class={`verdict whole ${tone}`}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
    </div>
  );
}

function judge(): Answer {
  const connected = connectedCount.value;
  const count = troubleCount.value;
  const [latest] = troubles.value;
  if (lostSince.value !== undefined) {
    return {
      tone: "bad",
      sign: "✕",
      title: "The broker cannot be reached",
      text: "Nobody knows how it is now.",
    };
  }
  if (latest !== undefined) {
    const { title } = describeTrouble(latest);
    return {
      tone: troubles.value.some(isLoss) ? "bad" : "warn",
      sign: "!",
      title: count === 1 ? "One thing needs a look" : `${formatNumber(count)} things need a look`,
      text: count === 1 ? `${title}.` : `The latest: ${title}.`,
    };
  }
  if (services.value.length === 0) {
    return {
      tone: "idle",
      sign: "…",
      title: "Ready",
      text: "The broker runs, and waits for the first service.",
    };
  }
  return {
    tone: "good",
    sign: "✓",
    title: "All is well",
    text: `${countOf(connected, "service")} ${connected === 1 ? "is" : "are"} connected, and nothing went wrong in the last five minutes.`,
  };
}
