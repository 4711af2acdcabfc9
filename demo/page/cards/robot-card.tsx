import { robot } from "../data/machines.ts";
import { MachineCard, More } from "./machine-card.tsx";

export function RobotCard() {
  const { state, angle, partsPlaced } = robot.latest.value ?? {};
  return (
    <MachineCard machine={robot} what="Parts placed" value={partsPlaced} digits={0} unit="parts">
      <More label="Arm" value={state ?? "–"} />
      <More label="Arm angle" value={angle === undefined ? "–" : `${angle}°`} />
    </MachineCard>
  );
}
