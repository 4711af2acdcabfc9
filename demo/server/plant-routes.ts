// What a page may ask of the plant.
import { Hono } from "hono";
import { compress } from "hono/compress";
import { readText } from "../../src/broker/rest/request.ts";
import type { Plant } from "../plant/plant.ts";
import type { PlantCommand } from "../plant-state.ts";
import { streamPlant } from "./plant-stream.ts";

/** A record, so that none is left out. */
const COMMANDS: Readonly<Record<PlantCommand, true>> = {
  plug: true,
  unplug: true,
  "half-open": true,
  "crash-press": true,
  "restart-broker": true,
};

export function plantRoutes(plant: Plant): Hono {
  const routes = new Hono();
  routes.get("/plant", (c) => streamPlant(c, plant));
  // Half a megabyte of JSON: a phone gets a tenth of that.
  routes.get("/plant/recorded", compress(), (c) => {
    const from = Number(c.req.query("from") ?? 0);
    return Number.isFinite(from)
      ? c.json(plant.recordedFrom(from))
      : c.json({ message: "from must be a number of milliseconds since 1970." }, 400);
  });
  routes.post("/plant/:command", async (c) => {
    const command = c.req.param("command");
    if (!isCommand(command)) {
      const message = `There is no command ${command}, but ${Object.keys(COMMANDS).join(", ")}.`;
      return c.json({ message }, 404);
    }
    await plant.do(command);
    return c.body(null, 204);
  });
  routes.put("/plant/temperature-limit", async (c) => {
    const text = await readText(c);
    try {
      await plant.setTemperatureLimit(JSON.parse(text));
      return c.body(null, 204);
    } catch (error) {
      const message =
        error instanceof SyntaxError ? "The limit must be a number, as JSON." : messageOf(error);
      return c.json({ message }, 400);
    }
  });
  return routes;
}

function isCommand(name: string): name is PlantCommand {
  return Object.hasOwn(COMMANDS, name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
