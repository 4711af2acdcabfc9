import { useEffect } from "preact/hooks";
import { now } from "../data/clock.ts";
import { press } from "../data/machines.ts";
import { plant } from "../data/plant.ts";
import { Bar } from "./bar.tsx";
import { CableSwitch } from "./cable-switch.tsx";
import { failure } from "./commands.ts";
import { Counters } from "./counters.tsx";
import { Mishaps } from "./mishaps.tsx";
import { followStory, incident } from "./story.ts";
import { announcementOf, sentenceOf } from "./words.ts";

/** The promise of the library, to be tried: whatever happens to the press, its measurements arrive. */
export function PlugPanel() {
  useEffect(followStory, []);
  return (
    <section class="card plug" aria-labelledby="plug-title">
      <h2 id="plug-title">Pull the plug of {press.name}</h2>
      <div class="plug-parts">
        <CableSwitch />
        <Sentence />
        <Bar />
        <Counters />
        <Mishaps />
      </div>
      <p class="plug-failure" role="status">
        {failure.value}
      </p>
      <p class="visually-hidden" role="status">
        {announcementOf(plant.value, incident.value)}
      </p>
    </section>
  );
}

/** Its seconds tick, so it is not what is said aloud. */
function Sentence() {
  const mood =
    incident.value === undefined ? "well" : incident.value.settledAt === undefined ? "trouble" : "settled";
  return (
    <p class="plug-sentence" data-mood={plant.value === undefined ? "unknown" : mood}>
      {sentenceOf(plant.value, incident.value, now.value)}
    </p>
  );
}
