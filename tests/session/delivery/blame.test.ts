import { describe, expect, it } from "vitest";
import { MsbError } from "../../../src/index.ts";
import { BlameCounter } from "../../../src/session/delivery/blame.ts";
import { quietEvent } from "../../support/client/quiet-event.ts";

const error = new MsbError("CONNECTION_LOST", "lost");
const broke = { error, serverClose: undefined };
const closed = (code: number) => ({ error, serverClose: { code, reason: "" } });

const [a, b] = [quietEvent("a"), quietEvent("b")];

describe("who is blamed for the end of a connection", () => {
  it("nobody, if nothing was alone in flight, whatever the server says; and that breaks no row", () => {
    const blame = new BlameCounter();
    expect(blame.judge(undefined, closed(1009))).toEqual({});
    for (let turn = 0; turn < 5; turn += 1) {
      expect(blame.judge(undefined, closed(1011))).toEqual({});
    }
    expect(blame.judge(a, closed(1011))).toEqual({});
    expect(blame.judge(a, closed(1011))).toEqual({});
    expect(blame.judge(undefined, broke)).toEqual({});
    expect(blame.judge(a, closed(1011)).rejection?.code).toBe("UNDELIVERABLE");
  });

  it("the event that is alone at 1009: at once", () => {
    expect(new BlameCounter().judge(a, closed(1009))).toMatchObject({
      rejection: { code: "TOO_LARGE", cause: error },
    });
  });

  it("the event that is alone at three closes in a row", () => {
    const blame = new BlameCounter();
    expect([1, 2].map(() => blame.judge(a, closed(1011)))).toEqual([{}, {}]);
    expect(blame.judge(b, closed(1011))).toEqual({});
    expect([1, 2].map(() => blame.judge(a, closed(1011)))).toEqual([{}, {}]);
    blame.clear();
    expect([1, 2].map(() => blame.judge(a, closed(1011)))).toEqual([{}, {}]);
    expect(blame.judge(a, closed(1011)).rejection).toMatchObject({ code: "UNDELIVERABLE", cause: error });
    expect(blame.repeats).toBe(0);
  });

  it("nobody for connections that break: the third in a row is suspicious, and they are counted", () => {
    const blame = new BlameCounter();
    expect(blame.repeats).toBe(0);
    const judged = [1, 2, 3, 4].map(() => [blame.judge(a, broke), blame.repeats]);
    expect(judged).toEqual([
      [{ isSuspicious: false }, 0],
      [{ isSuspicious: false }, 1],
      [{ isSuspicious: true }, 2],
      [{ isSuspicious: false }, 3],
    ]);
    blame.judge(b, broke);
    expect(blame.repeats).toBe(0);
    blame.judge(b, broke);
    blame.clear();
    expect(blame.repeats).toBe(0);
    expect(blame.judge(b, broke)).toEqual({ isSuspicious: false });
    expect(blame.repeats).toBe(0);
  });

  it("breaks between do not count as closes, nor the other way round", () => {
    const blame = new BlameCounter();
    const ends = [closed(1011), broke, closed(1011), broke].map((end) => blame.judge(a, end));
    expect(ends).toEqual([{}, { isSuspicious: false }, {}, { isSuspicious: false }]);
    expect(blame.judge(a, closed(1011)).rejection?.code).toBe("UNDELIVERABLE");
  });
});
