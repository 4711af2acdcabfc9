import { expect, test } from "vitest";
import { createCounters } from "../../../src/broker/observing/counters.ts";
import { RateHistory } from "../../../src/broker/observing/rate-history.ts";

const START = 1_700_000_000_000;

test("what was counted second by second, and how long a second was", () => {
  const counters = createCounters();
  const history = new RateHistory(counters);
  counters.messagesIn = 5;
  history.begin(START);
  counters.messagesIn += 3;
  counters.messagesOut += 4;
  counters.eventsRefused += 1;
  history.sample(START + 1_000);
  counters.registrationsRefused += 2;
  counters.callsDropped += 6;
  history.sample(START + 3_500);
  expect(history.list()).toEqual([
    { at: START + 1_000, duration: 1_000, messages: 7, refused: 1, dropped: 0 },
    { at: START + 3_500, duration: 2_500, messages: 0, refused: 2, dropped: 6 },
  ]);
});

test("three hundred are kept, and nothing is lost when the clock is set back", () => {
  const counters = createCounters();
  const history = new RateHistory(counters);
  history.begin(START);
  for (let second = 1; second <= 400; second += 1) {
    counters.messagesIn += 1;
    history.sample(START + second * 1_000);
  }
  expect(history.list()).toHaveLength(300);
  expect(history.list()[0]?.at).toBe(START + 101_000);
  counters.messagesIn += 10;
  history.sample(START);
  history.sample(START + 1_000);
  expect(history.list().at(-1)).toMatchObject({ at: START + 1_000, duration: 1_000, messages: 10 });
});
