import { press } from "../data/machines.ts";
import { LimitField } from "./limit-field.tsx";
import { SpeedControl } from "./speed-control.tsx";

/** What can be changed at the press from here. */
export function Control() {
  return (
    <section class="card control" aria-labelledby="control-heading">
      <h2 id="control-heading">Control of {press.name}</h2>
      <SpeedControl />
      <LimitField />
    </section>
  );
}
