import { plant } from "../data/plant.ts";

const number = new Intl.NumberFormat("en-GB");

/** In the order of the way: out of the press, into the bus. */
export function Counters() {
  const { published, waiting, delivered, lost } = plant.value?.delivery ?? {};
  return (
    <dl class="plug-counters" aria-label="Measurements of the press">
      <Counter name="published" value={published} />
      <Counter
        name="waiting"
        value={waiting}
        mood={waiting !== undefined && waiting > 1 ? "waiting" : undefined}
      />
      <Counter name="delivered" value={delivered} />
      <Counter
        name="lost"
        value={lost}
        mood={lost === undefined ? undefined : lost === 0 ? "proud" : "alarming"}
        sign={lost === undefined ? undefined : lost === 0 ? "✓" : "⚠"}
      />
    </dl>
  );
}

interface CounterProps {
  readonly name: string;
  readonly value: number | undefined;
  readonly mood?: string | undefined;
  readonly sign?: string | undefined;
}

function Counter({ name, value, mood, sign }: CounterProps) {
  return (
    <div class="plug-counter" data-mood={mood}>
      <dt>{name}</dt>
      <dd>
        <span data-counter={name}>{value === undefined ? "–" : number.format(value)}</span>
        {sign !== undefined && (
          <span class="plug-sign" aria-hidden="true">
            {sign}
          </span>
        )}
      </dd>
    </div>
  );
}
