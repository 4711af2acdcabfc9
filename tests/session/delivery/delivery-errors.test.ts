import { describe, expect, it } from "vitest";
import { MsbError, type MsbErrorCode } from "../../../src/index.ts";
import * as errors from "../../../src/session/delivery/delivery-errors.ts";
import { quietEvent } from "../../support/client/quiet-event.ts";

const make = (cached: boolean, eventId = "E1") => quietEvent(eventId, { cached });
const event = make(true);
const because = (code: MsbErrorCode): MsbError => new MsbError(code, "lost");
const cause = because("CONNECTION_LOST");

describe("why an event was not delivered", () => {
  it.each([
    ["CONNECTION_LOST", errors.undecided(event, cause)],
    ["NOT_CONNECTED", errors.unsent(event, cause)],
    ["DISCONNECTED", errors.notSent(event, cause, true)],
    ["TOO_LARGE", errors.tooLargeForServer(event, { code: 1009, reason: "" }, cause)],
    ["UNDELIVERABLE", errors.undeliverable(event, "it was sent 3 times", cause)],
    ["CONNECTION_LOST", errors.suspicious(event, 3, cause)],
    ["TOO_LARGE", errors.registrationTooLargeForServer(cause)],
  ])("%s has its cause", (code, error) => expect(error).toMatchObject({ code, cause }));

  it.each([
    ["REFUSED", "NOT_REGISTERED"],
    ["DISCONNECTED", "DISCONNECTED"],
    ["TIMEOUT", "NOT_CONNECTED"],
  ] as const)("before it was sent, %s: %s", (code, told) =>
    expect(errors.unsent(event, because(code)).code).toBe(told),
  );

  it("says what would help only if that was not so", () => {
    expect(errors.undecided(make(false), cause).remedy).toContain("cached: true");
    expect(errors.undecided(event, cause).remedy).toBeUndefined();
  });

  it("quotes the server's reason, if it gave one, and no more than its beginning", () => {
    const told = (reason: string) => errors.tooLargeForServer(event, { code: 1009, reason }, cause).message;
    expect(told("")).toContain("(1009)");
    expect(told("over 8192")).toContain("(1009: over 8192)");
    expect(told("x".repeat(10_000)).length).toBeLessThan(600);
  });

  it("is the same error for events that fail in the same way one after the other", () => {
    const busy = new errors.RepeatedError(errors.busy);
    const first = busy.for(event, 10);
    expect(busy.for(make(true), 10)).toBe(first);
    expect(busy.for(event, 20).message).toContain("20 events");
    expect(busy.for(make(true, "E2"), 20).message).toContain('"E2"');
    expect(busy.for(event, 10)).not.toBe(first);
  });
});
