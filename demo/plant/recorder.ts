// What the machines have measured lately, as the bus got it: for pages that were not open then.
import * as z from "zod/mini";
import type { ReceivedEvent } from "../../src/broker/index.ts";
import { BeltState, CONVEYOR } from "../contracts/conveyor.ts";
import { Measurement, PRESS } from "../contracts/press.ts";
import { ArmState, ROBOT } from "../contracts/robot.ts";
import type { Recorded, RecordedState } from "../plant-state.ts";

/** As many as the press measures in 15 minutes, which is what the chart shows at most. */
const MEASUREMENTS = 15 * 60 * 4;
/** As many as the others say in the minute that their cards show. */
const STATES = 60 * 2;

/** The newest values of one event, in the order in which they came. */
class Track<State> {
  readonly #uuid: string;
  readonly #eventId: string;
  readonly #schema: z.ZodMiniType<State>;
  readonly #most: number;
  readonly #kept: RecordedState<State>[] = [];

  constructor(uuid: string, eventId: string, schema: z.ZodMiniType<State>, most: number) {
    this.#uuid = uuid;
    this.#eventId = eventId;
    this.#schema = schema;
    this.#most = most;
  }

  add({ uuid, eventId, dataObject, receivedAt }: RecordedEvent): void {
    if (uuid !== this.#uuid || eventId !== this.#eventId) {
      return;
    }
    // The broker takes any value; a page should not have to ask which of them are measurements.
    const { success, data } = z.safeParse(this.#schema, dataObject);
    if (success) {
      this.#kept.push({ arrivedAt: receivedAt, state: data });
      if (this.#kept.length > this.#most) {
        this.#kept.shift();
      }
    }
  }

  from(time: number): readonly RecordedState<State>[] {
    return this.#kept.filter(({ arrivedAt }) => arrivedAt >= time);
  }
}

/** Of an event that the broker has got. */
type RecordedEvent = Pick<ReceivedEvent, "uuid" | "eventId" | "dataObject" | "receivedAt">;

export class Recorder {
  readonly #since = Date.now();
  readonly #press = new Track(PRESS.uuid, "MEASURED", Measurement, MEASUREMENTS);
  readonly #conveyor = new Track(CONVEYOR.uuid, "BELT_STATE", BeltState, STATES);
  readonly #robot = new Track(ROBOT.uuid, "ARM_STATE", ArmState, STATES);

  add(event: RecordedEvent): void {
    for (const track of [this.#press, this.#conveyor, this.#robot]) {
      track.add(event);
    }
  }

  /** What came at this time or later. */
  from(time: number): Recorded {
    return {
      since: this.#since,
      until: Date.now(),
      press: this.#press.from(time),
      conveyor: this.#conveyor.from(time),
      robot: this.#robot.from(time),
    };
  }
}
