import { conveyor } from "../data/machines.ts";
import { format } from "../format.ts";
import { MachineCard, More } from "./machine-card.tsx";

export function ConveyorCard() {
  const { speed, partsOnBelt, partsMoved } = conveyor.latest.value ?? {};
  return (
    <MachineCard machine={conveyor} what="Belt speed" value={speed} unit="m/min">
      <More label="Parts on the belt" value={format(partsOnBelt)} />
      <More label="Parts moved" value={format(partsMoved)} />
    </MachineCard>
  );
}
