// The page's connection to the MSB, and what an operator should know of it.
import { signal } from "@preact/signals";
import { MsbRefusedError, type StateChange } from "../../../src/index.ts";
import { type Dashboard, dashboardOf } from "../../dashboard.ts";
import type { Session } from "../../plant-state.ts";
import { clock } from "./clock.ts";
import { forDevelopers } from "./for-developers.ts";
import { takeIdentity } from "./identity.ts";
import { fetchSession, SESSION_PAUSE } from "./session.ts";

export interface BusState {
  readonly kind: "connecting" | "connected" | "lost" | "refused";
  /** In an operator's words. */
  readonly text: string;
  /** When it is tried again, in milliseconds since 1970; `undefined` while it is tried, and when it is not. */
  readonly nextTryAt?: number | undefined;
}

const CONNECTING: BusState = { kind: "connecting", text: "connecting …" };
const LOST = "not connected";

export const busState = signal<BusState>(CONNECTING);
/** `undefined` until the page server has answered. */
export const session = signal<Session | undefined>(undefined);
/** `undefined` until it is known who this page is. */
export const dashboard = signal<Dashboard | undefined>(undefined);

/** @param follow listens to the machines, before anything comes */
export async function start(follow: (dashboard: Dashboard) => void): Promise<void> {
  const [{ msbUrl }, uuid] = await Promise.all([askForSession(), takeIdentity()]);
  const made = dashboardOf(uuid);
  follow(made);
  made.client.on("stateChange", (change) => {
    busState.value = describe(change);
  });
  made.client.on("error", forDevelopers);
  dashboard.value = made;
  await connect(made, msbUrl);
}

/** The next try, at once. */
export function tryNow(): void {
  const { value: made } = dashboard;
  if (made === undefined || session.value === undefined) {
    askNow();
    return;
  }
  if (!made.client.retryNow() && made.client.state === "disconnected") {
    // It has given up, because the bus did not let it in.
    void connect(made, session.value.msbUrl);
  }
}

async function connect({ client }: Dashboard, url: string): Promise<void> {
  try {
    await client.start(url);
  } catch (error) {
    // The state says it to the operator.
    forDevelopers(error);
  }
}

let askNow = (): void => undefined;

async function askForSession(): Promise<Session> {
  for (;;) {
    busState.value = CONNECTING;
    try {
      const answer = await fetchSession();
      session.value = answer;
      return answer;
    } catch (error) {
      forDevelopers(error);
    }
    busState.value = {
      kind: "lost",
      text: "the plant does not answer",
      nextTryAt: clock.now() + SESSION_PAUSE,
    };
    await new Promise<void>((resolve) => {
      askNow = resolve;
      setTimeout(resolve, SESSION_PAUSE);
    });
  }
}

function describe({ state, error, retryInMs }: StateChange): BusState {
  if (error !== undefined) {
    forDevelopers(error);
  }
  const nextTryAt = retryInMs === undefined ? undefined : clock.now() + retryInMs;
  const reply = error instanceof MsbRefusedError ? error.reply : undefined;
  switch (state) {
    case "registered":
      return { kind: "connected", text: "connected" };
    case "connected":
      return error === undefined ? CONNECTING : { kind: "refused", text: wordsOf(reply), nextTryAt };
    case "reconnecting":
      return { kind: "lost", text: LOST, nextTryAt };
    case "disconnected":
      return reply === undefined ? { kind: "lost", text: LOST } : { kind: "refused", text: wordsOf(reply) };
    default:
      return CONNECTING;
  }
}

function wordsOf(reply: string | undefined): string {
  switch (reply) {
    case "NIO_ALREADY_CONNECTED":
      return "this page is open somewhere else";
    case "NIO_UNAUTHORIZED_CONNECTION":
      return "this page is not let in";
    case "NIO_REGISTRATION_ERROR":
      return "this is not the bus of the plant";
    default:
      return "the bus does not accept this page";
  }
}
