import { describe, expect, it, vi } from "vitest";
import { Watchdog } from "../../../src/session/connection/watchdog.ts";
import { FakeClock } from "../../../src/testing/fake-clock.ts";

function watchdog(isPaused?: () => boolean) {
  const clock = new FakeClock();
  const limits: { now: number | undefined } = { now: 5_000 };
  const onSilence = vi.fn();
  const subject = new Watchdog({
    clock,
    limit: () => limits.now,
    onSilence,
    ...(isPaused === undefined ? {} : { readingSince: () => (isPaused() ? undefined : 0) }),
  });
  return { clock, limits, onSilence, subject };
}

describe("a watchdog", () => {
  it("tells of the silence once, when it has lasted as long as is allowed", async () => {
    const { clock, onSilence, subject } = watchdog();
    subject.watch();
    await clock.advance(4_999);
    expect(onSilence).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(onSilence).toHaveBeenCalledExactlyOnceWith(5_000);
    await clock.advance(60_000);
    expect(onSilence).toHaveBeenCalledOnce();
    expect(clock.pending).toBe(0);
  });

  it("has one timer, however often it is told to watch, and however much comes", async () => {
    const { clock, onSilence, subject } = watchdog();
    const setting = vi.spyOn(clock, "setTimeout");
    for (let count = 0; count < 100; count += 1) {
      subject.sign();
      subject.watch();
      await clock.advance(10);
    }
    expect(clock.pending).toBe(1);
    expect(setting).toHaveBeenCalledOnce();
    // From the last sign, 10 ms ago.
    await clock.advance(4_989);
    expect(onSilence).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(onSilence).toHaveBeenCalledExactlyOnceWith(5_000);
  });

  it("keeps still while nothing is expected, and when that ends meanwhile", async () => {
    const { clock, limits, onSilence, subject } = watchdog();
    limits.now = undefined;
    subject.watch();
    expect(clock.pending).toBe(0);
    limits.now = 5_000;
    subject.watch();
    limits.now = undefined;
    await clock.advance(60_000);
    expect(onSilence).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it("keeps still after it was stopped, and can watch again", async () => {
    const { clock, onSilence, subject } = watchdog();
    subject.watch();
    subject.stop();
    expect(clock.pending).toBe(0);
    await clock.advance(1_000);
    subject.sign();
    subject.watch();
    await clock.advance(4_999);
    expect(onSilence).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(onSilence).toHaveBeenCalledOnce();
  });

  it("watches sooner when the limit has become shorter, later when it has become longer", async () => {
    const shorter = watchdog();
    shorter.subject.watch();
    shorter.limits.now = 1_000;
    shorter.subject.watch();
    expect(shorter.clock.pending).toBe(1);
    await shorter.clock.advance(1_000);
    expect(shorter.onSilence).toHaveBeenCalledExactlyOnceWith(1_000);

    const longer = watchdog();
    longer.subject.watch();
    longer.limits.now = 8_000;
    await longer.clock.advance(7_999);
    expect(longer.onSilence).not.toHaveBeenCalled();
    await longer.clock.advance(1);
    expect(longer.onSilence).toHaveBeenCalledExactlyOnceWith(8_000);
  });

  it("counts no silence while it is deaf", async () => {
    let deaf = true;
    const { clock, onSilence, subject } = watchdog(() => deaf);
    subject.watch();
    await clock.advance(17_000);
    expect(onSilence).not.toHaveBeenCalled();
    deaf = false;
    // It looked at 15 s for the last time.
    await clock.advance(2_999);
    expect(onSilence).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(onSilence).toHaveBeenCalledOnce();
  });
});

describe("a program that stood still", () => {
  it("has two seconds to read what has arrived, and no longer", async () => {
    const { clock, onSilence, subject } = watchdog();
    subject.watch();
    clock.jump(6_001);
    await clock.advance(1_999);
    expect(onSilence).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(onSilence).toHaveBeenCalledExactlyOnceWith(8_001);
  });

  it("has no more than these if it stands still again meanwhile", async () => {
    const { clock, onSilence, subject } = watchdog();
    subject.watch();
    clock.jump(20_000);
    await clock.advance(0);
    expect(onSilence).not.toHaveBeenCalled();
    clock.jump(20_000);
    await clock.advance(0);
    expect(onSilence).toHaveBeenCalledExactlyOnceWith(40_000);
  });

  it("a timer that is a second late or less is not meant", async () => {
    const { clock, onSilence, subject } = watchdog();
    subject.watch();
    clock.jump(6_000);
    await clock.advance(0);
    expect(onSilence).toHaveBeenCalledExactlyOnceWith(6_000);
  });

  it("has them again when it stands still once more after a sign", async () => {
    const { clock, onSilence, subject } = watchdog();
    subject.watch();
    for (let turn = 0; turn < 3; turn += 1) {
      clock.jump(20_000);
      await clock.advance(1_000);
      subject.sign();
      await clock.advance(1_000);
    }
    expect(onSilence).not.toHaveBeenCalled();
    await clock.advance(4_000);
    expect(onSilence).toHaveBeenCalledExactlyOnceWith(5_000);
  });
});
