// What was asked of a machine, and what became of it.
import { effect, type Signal, signal } from "@preact/signals";
import { MsbError } from "../../../src/index.ts";
import { forDevelopers } from "./for-developers.ts";
import { type Machine, press, pressSpeed } from "./machines.ts";
import { dashboard } from "./msb.ts";

export interface Request {
  readonly state: "asked" | "done" | "failed";
  /** In an operator's words. */
  readonly text: string;
}

/** How long a machine may take to answer, in milliseconds. */
export const ANSWER_MS = 5_000;

/** How long an outcome that is good stays. In milliseconds. */
const SHOWN_MS = 6_000;

const NOT_CONNECTED = "Not sent: this page is not connected to the bus.";

/** What became of the last speed that was asked for here. */
export const speedRequest = signal<Request | undefined>(undefined);

export async function requestSpeed(speed: number): Promise<void> {
  const isAnother = speed !== pressSpeed.value;
  await ask(speedRequest, press, `${speed} requested …`, async () => {
    const actual = await dashboard.value?.press.call("SET_SPEED", speed, { timeout: ANSWER_MS });
    return `Done: ${press.name} runs at ${actual} strokes/min.`;
  });
  const { value: failed } = speedRequest;
  if (isAnother && failed?.state === "failed") {
    awaitSpeed(speed, failed);
  }
}

/** What a machine does without having answered is done, too: as soon as its speed says so. */
function awaitSpeed(speed: number, failed: Request): void {
  const stop = effect(() => {
    if (speedRequest.value !== failed) {
      queueMicrotask(() => stop());
    } else if (pressSpeed.value === speed) {
      tellDone(speedRequest, `Done after all: ${press.name} runs at ${speed} strokes/min.`);
    }
  });
}

/** Shows in a place what becomes of a request to a machine. It never rejects. */
export async function ask(
  place: Signal<Request | undefined>,
  machine: Machine<unknown>,
  asked: string,
  call: () => Promise<string>,
): Promise<void> {
  if (dashboard.value === undefined) {
    // It is not known yet who this page is, but all that was recorded is here already.
    place.value = { state: "failed", text: NOT_CONNECTED };
    return;
  }
  const request: Request = { state: "asked", text: asked };
  place.value = request;
  const outcome = await outcomeOf(machine, call);
  // Another one may have been made meanwhile.
  if (place.value !== request) {
    return;
  }
  if (outcome.state === "done") {
    tellDone(place, outcome.text);
  } else {
    place.value = outcome;
  }
}

function tellDone(place: Signal<Request | undefined>, text: string): void {
  const outcome: Request = { state: "done", text };
  place.value = outcome;
  setTimeout(() => {
    if (place.value === outcome) {
      place.value = undefined;
    }
  }, SHOWN_MS);
}

async function outcomeOf(machine: Machine<unknown>, call: () => Promise<string>): Promise<Request> {
  try {
    return { state: "done", text: await call() };
  } catch (error) {
    forDevelopers(error);
    return { state: "failed", text: wordsOf(error, machine) };
  }
}

function wordsOf(error: unknown, { name, sign }: Machine<unknown>): string {
  const code = error instanceof MsbError ? error.code : undefined;
  switch (code) {
    case "TIMEOUT": {
      const { level, text } = sign.value;
      const known = level === "live" ? `${name} is sending data, but has not answered.` : `${name}: ${text}.`;
      return `No answer after ${ANSWER_MS / 1_000} s. ${known} It may still be done later.`;
    }
    case "NOT_CONNECTED":
    case "NOT_REGISTERED":
      return NOT_CONNECTED;
    case "CONNECTION_LOST":
    case "DISCONNECTED":
      return "The connection to the bus was lost before an answer came. It may have been done.";
    case "REFUSED":
      return "Not sent: the bus did not accept it.";
    default:
      return "That did not work.";
  }
}
