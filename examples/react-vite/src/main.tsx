import { createUuid, MsbClient } from "msb-client-websocket";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { press } from "./press.contract.js";
import { useEvent, useIsStale, useMsb } from "./use-msb.ts";

const MSB_URL: string = import.meta.env["VITE_MSB_URL"] ?? `http://${location.hostname}:8085`;

localStorage["uuid"] ??= createUuid(); // the same service after a reload

// Outside of the components: a page is one service, however often React mounts it. Nothing is opened yet.
const client = new MsbClient({
  type: "Application",
  uuid: localStorage["uuid"],
  name: "Dashboard",
  description: "Shows press 9",
  token: "dashboard",
});
const machine = client.counterpart(press, { uuid: "press-9", id: "press9" });

function Dashboard() {
  const state = useMsb(client, MSB_URL);
  const measured = useEvent(machine, "MEASURED");
  const isStale = useIsStale(machine, "MEASURED", 2_000);
  const [answer, setAnswer] = useState("");

  useEffect(() => {
    if (state === "registered") {
      machine.deployFlows(MSB_URL).catch((error: Error) => setAnswer(error.message));
    }
  }, [state]);

  const setSpeed = async (speed: number) => {
    try {
      setAnswer(`The press runs at ${await machine.call("SET_SPEED", speed)} strokes per minute.`);
    } catch (error) {
      setAnswer((error as Error).message);
    }
  };

  return (
    <main style={{ fontFamily: "system-ui", maxWidth: "30rem", margin: "2rem auto" }}>
      <h1>Press 9</h1>
      <p>MSB: {state}</p>
      <p style={{ fontSize: "2rem", opacity: isStale ? 0.4 : 1 }}>{measured?.celsius ?? "–"} °C</p>
      <button type="button" disabled={state !== "registered"} onClick={() => setSpeed(90)}>
        90 strokes
      </button>
      <p>{answer}</p>
    </main>
  );
}

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Dashboard />
    </StrictMode>,
  );
}
