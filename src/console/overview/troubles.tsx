import { activity, troubles } from "../data/activity.ts";
import { formatAge, formatNumber } from "../data/amounts.ts";
import { timeOfDay } from "../data/connection.ts";
import type { Trouble } from "../data/types.ts";
import { describeTrouble, isLoss, type Lead } from "./describe-trouble.ts";

/** What is not well, the latest first: what, since when, how often, and where to look. */
export function Troubles() {
  const { problems = [], moreProblems = 0 } = activity.value ?? {};
  return (
    problems.length > 0 && (
      <section class="card whole" aria-labelledby="troubles">
        <h3 id="troubles">To be looked at</h3>
        <ul class="troubles">
          {troubles.value.map((trouble) => (
            <Item key={keyOf(trouble)} trouble={trouble} />
          ))}
        </ul>
        {moreProblems > 0 && <p class="hint">And {formatNumber(moreProblems)} more, from longer ago.</p>}
      </section>
    )
  );
}

function keyOf({ kind, uuid, connectionId, since, silence, refusal }: Trouble): string {
  return [kind, uuid, connectionId, silence?.kind, refusal?.kind, since].join(" ");
}

function Item({ trouble }: { readonly trouble: Trouble }) {
  const { title, text, leads } = describeTrouble(trouble);
  const { since, last } = trouble;
  const now = activity.value?.time ?? since;
  return (
    <li class={isLoss(trouble) ? "bad" : "warn"}>
      <p class="trouble-title">{title}</p>
      {text !== undefined && <p class="trouble-text">{text}</p>}
      <p class="hint">
        since {timeOfDay(since)}
        {last !== undefined && last > since && `, last ${formatAge(now - last)}`}
      </p>
      <p class="leads">
        {leads.map((lead) => (
          <LeadLink key={lead.label} lead={lead} />
        ))}
      </p>
    </li>
  );
}

function LeadLink({ lead: { label, href, prepare } }: { readonly lead: Lead }) {
  return (
    <a href={href} onClick={prepare}>
      {label}
    </a>
  );
}
