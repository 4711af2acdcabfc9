import { press } from "../data/machines.ts";
import { format } from "../format.ts";
import { MachineCard, More } from "./machine-card.tsx";

export function PressCard() {
  const { temperature, force, speed, strokes } = press.latest.value ?? {};
  return (
    <MachineCard machine={press} what="Temperature" value={temperature} unit="°C">
      <More label="Force" value={format(force, 1)} unit="kN" />
      <More label="Speed" value={format(speed)} unit="/min" />
      <More label="Strokes" value={format(strokes)} />
    </MachineCard>
  );
}
