// What the page server and its pages tell each other beside the MSB: who a page is, and what only the plant itself can know or do.
import type { BeltState } from "./contracts/conveyor.ts";
import type { Measurement } from "./contracts/press.ts";
import type { ArmState } from "./contracts/robot.ts";

/** The answer to `GET /session`. */
export interface Session {
  /** Where the MSB is, as the page can reach it: the host of the page's own address. */
  readonly msbUrl: string;
  /** The console of the broker. With `--host` it has the token in it, for pages on this computer. */
  readonly consoleUrl: string;
  /** Addresses of this page for other machines of the network; empty without `--host`. */
  readonly networkUrls: readonly string[];
  /** An SVG of the first of them as a QR code; `undefined` without `--host`. */
  readonly qrCode: string | undefined;
  /** When it was given, in milliseconds since 1970: the clock of a phone may be minutes off. */
  readonly time: number;
}

/** What goes through the cable between the press and the broker: everything, nothing with the ends told, or nothing and nobody knows. */
export type Cable = "plugged" | "unplugged" | "half-open";

/** The events MEASURED of the press, counted at both ends. All that is published is delivered, or waits, or is lost. */
export interface Delivery {
  /** By the press: each has a number. */
  readonly published: number;
  /** Those that have not arrived, and that the client of the press keeps, in its store too. */
  readonly waiting: number;
  /** By the broker: different numbers that have arrived. */
  readonly delivered: number;
  /** Those that have not arrived, and that nobody keeps any more. */
  readonly lost: number;
}

/** A flow of the machines or of a page, and how many calls it has made. */
export interface FlowCount {
  readonly from: { readonly uuid: string; readonly eventId: string };
  readonly to: { readonly uuid: string; readonly functionId: string };
  readonly calls: number;
}

/** An event `state` of the server-sent events of `GET /plant`: at once, and whenever it changes, at most five times a second. */
export interface PlantState {
  readonly isBrokerRunning: boolean;
  readonly cable: Cable;
  readonly isPressRunning: boolean;
  readonly delivery: Delivery;
  /** Of the press, in degrees Celsius: its parameter as it is now. */
  readonly temperatureLimit: number;
  readonly flows: readonly FlowCount[];
}

/** `POST /plant/{command}`, answered 204 when it is done. */
export type PlantCommand = "plug" | "unplug" | "half-open" | "crash-press" | "restart-broker";

// `PUT /plant/temperature-limit` with a JSON number sets the parameter of the press by the MSB, answered 204; 400 with `{ message }` otherwise.

/** Something that a machine has measured. */
export interface RecordedState<State> {
  /** When the bus got it, in milliseconds since 1970, by the clock of the plant: long after it was measured, if it had to wait. */
  readonly arrivedAt: number;
  readonly state: State;
}

/**
 * The answer to `GET /plant/recorded`: what the machines have measured lately, in the order in which the bus got it. With
 * `?from=` only what it got since then, in milliseconds since 1970.
 */
export interface Recorded {
  /** Since when it is recorded: before, nothing is known. */
  readonly since: number;
  /** Until when this answer is complete: the next question is from here. */
  readonly until: number;
  /** The last 15 minutes. */
  readonly press: readonly RecordedState<Measurement>[];
  /** The last minute, as of the robot. */
  readonly conveyor: readonly RecordedState<BeltState>[];
  readonly robot: readonly RecordedState<ArmState>[];
}
