import { describe, expect, it } from "vitest";
import { settingsOf } from "../../src/client/client-options.ts";
import { MsbClient, type MsbClientOptions } from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";

function client(options: MsbClientOptions = {}): MsbClient {
  return new MsbClient({ ...identity(), logLevel: "silent", ...options });
}

const MAX = 2 ** 31 - 1;

describe("options", () => {
  it.each(["reconnectInterval", "connectTimeout", "ackTimeout", "closeTimeout", "keepAliveInterval"])(
    "%s is at most what a timer takes",
    (name) => {
      expect(() => client({ [name]: MAX })).not.toThrow();
      expect(() => client({ [name]: MAX + 1 })).toThrow(
        `${name}: must be a whole number of milliseconds, at most 2147483647, not 2147483648`,
      );
      expect(() => client({ [name]: Number.POSITIVE_INFINITY })).toThrow("at most 2147483647, not Infinity");
    },
  );

  it.each<[MsbClientOptions, string]>([
    [
      { keepAliveInterval: 999 },
      "keepAliveInterval: must be a whole number of milliseconds, at least 1000, not 999",
    ],
    [{ closeTimeout: 0 }, "closeTimeout: must be a whole number of milliseconds, at least 1, not 0"],
    [{ storeSize: 0 }, "storeSize: must be a whole number of events, at least 1, not 0"],
    [{ maxAttempts: 0.5 }, "maxAttempts: must be a whole number of attempts, at least 1, not 0.5"],
    [{ maxConcurrentCalls: 0 }, "maxConcurrentCalls: must be a whole number of calls, at least 1, not 0"],
    [{ whenFull: "drop" as "reject" }, 'whenFull: must be one of dropOldest, reject, not "drop"'],
    [{ random: 0.5 as never }, "random: must be a function, not 0.5"],
  ])("%j is refused", (options, message) => {
    expect(() => client(options)).toThrow(message);
  });

  it("that are left out have their defaults", () => {
    expect(settingsOf({})).toMatchObject({
      closeTimeout: 3_000,
      keepAlive: undefined,
      maxAttempts: undefined,
      maxConcurrentCalls: 100,
      storeSize: 1_000_000,
      whenFull: "dropOldest",
    });
  });

  it("that a setter is given are checked in the same way", () => {
    const msb = client();
    expect(() => msb.setReconnectInterval(MAX + 1)).toThrow("at most 2147483647, not 2147483648");
    expect(() => msb.setKeepAlive(true, 999)).toThrow("at least 1000, not 999");
    expect(() => msb.setKeepAlive(true, 1_000)).not.toThrow();
  });
});
