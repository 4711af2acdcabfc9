// What an editor proposes while a contract is written, and while it is used.
import { describe, expect, it } from "vitest";
import { DataType } from "../../../src/index.ts";
import { openEditor } from "../../support/types/editor.ts";

const editor = openEditor(`
  import * as z from "zod";
  import { contract, type MsbClient } from "../../../src/index.ts";
  declare const client: MsbClient;
  const press = contract({
    events: { MEASURED: z.object({ celsius: z.number() }), STOPPED: null, FAILED: z.string() },
    functions: {
      SET_SPEED: { dataFormat: z.int32(), responds: "MEASURED" },
      STOP: { responds: ["STOPPED", "FAILED"] },
      MOVE: { parameters: { axis: z.enum(["x", "y"]), distance: z.number() } },
    },
    parameters: { limit: { type: "int32", value: 80 } },
  });
  const machine = client.counterpart(press, { uuid: "press-7" });
  const device = client.implement(press, { SET_SPEED: () => undefined, STOP: () => undefined, MOVE: () => undefined });
`);

const TYPES = [...Object.values(DataType), "bool", "datetime", "int", "integer", "number"].sort();

describe("an editor proposes", { timeout: 60_000 }, () => {
  it.each([
    ["the simple types in an entry", 'contract({ events: { E: { dataFormat: "|" } } });', TYPES],
    ["the simple types as an entry", 'contract({ events: { E: "|" } });', TYPES],
    [
      "the simple types of a named parameter",
      'contract({ functions: { F: { parameters: { x: "|" } } } });',
      TYPES,
    ],
    ["the types of a configuration parameter", 'contract({ parameters: { p: { type: "|" } } });', TYPES],
    [
      "the events of a contract as responses",
      'contract({ events: { ONE: null, TWO: null }, functions: { F: { responds: "|" } } });',
      ["ONE", "TWO"],
    ],
    [
      "them in an array, too",
      'contract({ events: { ONE: null, TWO: null }, functions: { F: { responds: ["ONE", "|"] } } });',
      ["ONE", "TWO"],
    ],
    ["the events of a machine", 'machine.on("|", () => {});', ["FAILED", "MEASURED", "STOPPED"]],
    ["them for the last value", 'machine.lastValue("|");', ["FAILED", "MEASURED", "STOPPED"]],
    ["the functions of a machine", 'void machine.call("|");', ["MOVE", "SET_SPEED", "STOP"]],
    ["the parameters of a function", 'void machine.call("MOVE", { | });', ["axis", "distance"]],
    ["their values", 'void machine.call("MOVE", { axis: "|", distance: 1 });', ["x", "y"]],
    ["the handlers that a contract wants", "client.implement(press, { | });", ["MOVE", "SET_SPEED", "STOP"]],
    [
      "what a handler may respond",
      'client.implement(press, { SET_SPEED: () => {}, MOVE: () => {}, STOP: ({ respond }) => respond("|") });',
      ["FAILED", "STOPPED"],
    ],
    ["the events of a device", "device.events.|", ["FAILED", "MEASURED", "STOPPED"]],
    [
      "the answers of a call",
      'void machine.call("STOP").then((answer) => answer.eventId === "|");',
      ["FAILED", "STOPPED"],
    ],
  ])("%s", (_what, code, expected) => {
    expect([...editor.proposals(code)].sort()).toEqual(expected);
  });
});
