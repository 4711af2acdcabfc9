import { expect, test } from "vitest";
import { ServiceCounters } from "../../../src/broker/services/service-counters.ts";

const START = 1_700_000_000_000;

/** Messages at a steady rate. @returns the time after the last of them. */
function receive(counters: ServiceCounters, start: number, perSecond: number, seconds: number): number {
  for (let index = 0; index < perSecond * seconds; index += 1) {
    counters.received(start + (index * 1_000) / perSecond);
  }
  return start + seconds * 1_000;
}

test.each([1, 3, 8, 30])("the rate of a service that has sent for %i seconds", (seconds) => {
  const counters = new ServiceCounters();
  const now = receive(counters, START, 20, seconds);
  expect(counters.rate(now)).toBeCloseTo(20, 0);
  expect(counters.messages).toBe(20 * seconds);
  expect(counters.lastMessage).toBe(now - 50);
});

test("follows what it sends now, and ends when it is silent", () => {
  const counters = new ServiceCounters();
  expect(counters.rate(START)).toBe(0);
  const fast = receive(counters, START, 50, 12);
  const slow = receive(counters, fast, 2, 12);
  expect(counters.rate(slow)).toBeCloseTo(2, 0);
  expect(counters.rate(slow + 2_500)).toBeLessThan(2);
  expect(counters.rate(slow + 11_000)).toBe(0);
});

test("a clock that is set back makes no rate of its own", () => {
  const counters = new ServiceCounters();
  receive(counters, START, 10, 12);
  const now = receive(counters, START - 3_600_000, 10, 12);
  expect(counters.rate(now)).toBeCloseTo(10, 0);
});
