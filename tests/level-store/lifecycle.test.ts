import { expect, it, vi } from "vitest";
import { Lifecycle } from "../../src/level-store/lifecycle.ts";
import { deferred } from "../../src/support/deferred.ts";
import { settled } from "../../src/testing/fake-clock.ts";

const lifecycle = (): Lifecycle => new Lifecycle((state) => new Error(state));
const nothing = async (): Promise<void> => {};

it("a close waits for the opening and for what is being done, in this order", async () => {
  const subject = lifecycle();
  const [opening, using] = [deferred(), deferred()];
  const done: string[] = [];
  void subject.open(() => opening.promise);
  const closed = subject.close(async () => void done.push("closed"));
  await settled();
  expect(done).toEqual([]);
  opening.resolve();
  await closed;
  expect(done).toEqual(["closed"]);

  await subject.open(nothing);
  void subject.run(() => using.promise).then(() => done.push("used"));
  const second = vi.fn(nothing);
  void subject.run(second);
  const closedAgain = subject.close(async () => void done.push("closed again"));
  await expect(subject.run(nothing)).rejects.toThrow("not open");
  await settled();
  expect(second).not.toHaveBeenCalled();
  using.resolve();
  await closedAgain;
  expect(second).toHaveBeenCalledOnce();
  expect(done).toEqual(["closed", "used", "closed again"]);
});

it("an opening that fails leaves it closed, a closing that fails leaves it open, and either can be tried again", async () => {
  const subject = lifecycle();
  const fails = (): Promise<void> => Promise.reject(new Error("I/O error"));
  const opening = subject.open(fails);
  const closing = subject.close(() => Promise.reject(new Error("never called")));
  await expect(opening).rejects.toThrow("I/O error");
  await closing;
  expect(subject.isOpen).toBe(false);
  expect(await subject.open(async () => 7)).toBe(7);
  await expect(subject.run(fails)).rejects.toThrow("I/O error");
  await expect(subject.close(fails)).rejects.toThrow("I/O error");
  expect(subject.isOpen).toBe(true);
  await subject.run(nothing);
  await subject.close(nothing);
  expect(subject.isOpen).toBe(false);
});

it("two closings are one; an opening waits for them, and a second opening is refused", async () => {
  const subject = lifecycle();
  await subject.open(nothing);
  const closing = deferred();
  const close = vi.fn(() => closing.promise);
  const closed = Promise.all([subject.close(close), subject.close(close)]);
  const open = vi.fn(nothing);
  const outcomes = Promise.allSettled([subject.open(open), subject.open(open)]);
  await settled();
  expect(open).not.toHaveBeenCalled();
  closing.resolve();
  await closed;
  expect((await outcomes).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(close).toHaveBeenCalledOnce();
  await expect(subject.open(open)).rejects.toThrow("open already");
  expect(open).toHaveBeenCalledOnce();
});
