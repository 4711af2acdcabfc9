import { describe, expect, it, vi } from "vitest";
import { MsbError } from "../../../src/index.ts";
import { Backoff } from "../../../src/session/reconnecting/backoff.ts";
import type { SessionSettings } from "../../../src/session/settings.ts";

const LOST = new MsbError("CONNECTION_LOST", "lost");

function backoff(settings: Partial<SessionSettings>, random = 0) {
  const onError = vi.fn();
  const subject = new Backoff({
    settings: { reconnectInterval: 1_000, retryPolicy: undefined, ...settings } as SessionSettings,
    random: () => random,
    onError,
  });
  return { subject, onError };
}

describe("the pauses between attempts", () => {
  it("are the interval and up to 20 % more, in whole milliseconds, and what a timer takes at most", () => {
    expect(backoff({ reconnectInterval: 1_003 }).subject.next(LOST)).toBe(1_003);
    expect(backoff({ reconnectInterval: 1_003 }, 0.5).subject.next(LOST)).toBe(1_103);
    expect(backoff({ reconnectInterval: 2 ** 31 - 1 }, 0.5).subject.next(LOST)).toBe(2 ** 31 - 1);
  });

  it("count the attempts for a policy, from 1, and anew after a reset", () => {
    const retryPolicy = vi.fn((attempt: number) => attempt * 100);
    const { subject } = backoff({ retryPolicy });
    expect([subject.lastPause, subject.next(LOST), subject.next(LOST), subject.lastPause]).toEqual([
      0, 100, 200, 200,
    ]);
    subject.reset();
    expect([subject.lastPause, subject.next(LOST)]).toEqual([0, 100]);
    expect(retryPolicy.mock.calls).toEqual([
      [1, LOST],
      [2, LOST],
      [1, LOST],
    ]);
  });

  it("are doubled for every repetition, up to a minute, unless they were longer before", () => {
    const { subject } = backoff({});
    expect([0, 1, 2, 5, 6, 40].map((repeats) => subject.next(LOST, repeats))).toEqual([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
    ]);
    expect(subject.lastPause).toBe(60_000);
    expect(backoff({ reconnectInterval: 90_000 }).subject.next(LOST, 3)).toBe(90_000);
  });

  it("end when the policy says so, which is no pause", () => {
    const { subject } = backoff({ retryPolicy: (attempt) => (attempt === 1 ? 300 : false) });
    expect([subject.next(LOST), subject.next(LOST, 2), subject.lastPause]).toEqual([300, false, 300]);
  });

  it("are the interval if the policy throws, which is told, or says nothing that is a number", () => {
    const cause = new Error("no idea");
    const { subject, onError } = backoff({
      retryPolicy: (attempt) => {
        if (attempt > 1) {
          throw cause;
        }
        return Number.NaN;
      },
    });
    expect(subject.next(LOST)).toBe(1_000);
    expect(onError).not.toHaveBeenCalled();
    expect(subject.next(LOST)).toBe(1_000);
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        code: "HANDLER_FAILED",
        message: "The retry policy failed: no idea.",
        cause,
      }),
    );
  });
});
