import { describe, expect, it, vi } from "vitest";
import { GuardedStore } from "../../../src/core/event-cache/guarded-store.ts";
import { StoreWriter } from "../../../src/core/event-cache/store-writer.ts";
import { MsbError, type StoreChange } from "../../../src/index.ts";
import { FakeClock, settled } from "../../../src/testing/fake-clock.ts";
import { fails, MemoryStore, neverAnswers, takes } from "../../support/client/memory-store.ts";

const event = { eventId: "E1", message: "E {}" };
const described = (changes: readonly StoreChange[]): string =>
  changes.map(({ type, key }) => `${type} ${key}`).join(", ");

/** An open store, and what writes to it. */
async function openStore() {
  const clock = new FakeClock();
  const store = new MemoryStore();
  const guarded = new GuardedStore(store, clock);
  await guarded.open();
  return {
    clock,
    store,
    guarded,
    writer: new StoreWriter(guarded),
    written: () => store.writes.map(described),
  };
}

describe("what is written to a store", () => {
  it("in one turn goes into one write, in its order; what comes up meanwhile into the next", async () => {
    const { store, writer, written } = await openStore();
    const release = store.hold("write");
    const first = [writer.put(1, event), writer.put(2, event), writer.delete(1)];
    await settled();
    const second = [writer.put(3, event), writer.delete(2)];
    await settled();
    expect(store.calls.write).toBe(1);
    release();
    await Promise.all([...first, ...second]);
    expect(written()).toEqual(["put 1, put 2, delete 1", "put 3, delete 2"]);
    await writer.put(4, event);
    expect(written().at(-1)).toBe("put 4");
  });

  it("is idle when the last of it is written, or has failed", async () => {
    const { store, writer } = await openStore();
    await writer.idle();
    const release = store.hold("write");
    writer.put(1, event);
    await settled();
    store.next("write", fails());
    writer.put(2, event).catch(() => {});
    const idle = vi.fn();
    void writer.idle().then(idle);
    await settled();
    expect(idle).not.toHaveBeenCalled();
    release();
    await settled();
    expect(idle).toHaveBeenCalledOnce();
  });
});

describe("a write that failed", () => {
  it("rejects all that was in it, is taken back by the next one, and by that alone", async () => {
    const { store, writer, written } = await openStore();
    store.next("write", fails());
    const outcomes = await Promise.allSettled([writer.put(1, event), writer.put(2, event)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect([1, 2, 3].map((key) => writer.isUnwanted(key))).toEqual([true, true, false]);
    await writer.put(3, event);
    expect(writer.isUnwanted(1)).toBe(false);
    await writer.put(4, event);
    expect(written()).toEqual(["delete 1, delete 2, put 3", "put 4"]);
  });

  it("is taken back when nothing else is to be written, too; once", async () => {
    const { store, writer, written } = await openStore();
    await writer.cleanUp();
    expect(written()).toEqual([]);
    store.next("write", fails(), fails());
    await writer.put(1, event).catch(() => {});
    await writer.cleanUp();
    expect(writer.isUnwanted(1)).toBe(true);
    await writer.cleanUp();
    await writer.cleanUp();
    expect(written()).toEqual(["delete 1, delete 1"]);
  });
});

describe("a store that fails for hours", () => {
  it("is asked for no more at a time than before, and all is taken back when it works again", async () => {
    const { store, writer } = await openStore();
    const sizes: number[] = [];
    const write = store.write.bind(store);
    let isFull = true;
    vi.spyOn(store, "write").mockImplementation((changes) => {
      sizes.push(changes.length);
      return isFull ? Promise.reject(new Error("no space left")) : write(changes);
    });
    for (let key = 1; key <= 5_000; key += 1) {
      await writer.put(key, event).catch(() => {});
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_001);
    isFull = false;
    await writer.put(5_001, event);
    await writer.cleanUp();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_001);
    expect(writer.isUnwanted(5_000)).toBe(false);
    expect(new Set(store.writes.flat().map(({ type, key }) => `${type} ${key}`))).toEqual(
      new Set(["put 5001", ...Array.from({ length: 5_000 }, (_, index) => `delete ${index + 1}`)]),
    );
  });
});

describe("a guarded store", () => {
  it("gives the answers of the store", async () => {
    const { guarded, store } = await openStore();
    await guarded.write([{ type: "put", key: 7, event }]);
    expect(await guarded.read(1, 9, 5)).toEqual({ events: [{ key: 7, event }], damaged: [], end: 9 });
    await guarded.close();
    expect(await guarded.open()).toEqual({ first: 7, last: 7 });
    expect(store.isOpen).toBe(true);
  });

  it("fails as an MsbError: the store's own as it is, anything else with its reason and cause", async () => {
    const { guarded, store } = await openStore();
    const own = new MsbError("STORE_FAILED", "The disk is on fire.");
    const other = new Error("I/O error");
    store.next("write", fails(own), fails(other));
    await expect(guarded.write([])).rejects.toBe(own);
    await expect(guarded.write([])).rejects.toMatchObject({
      name: "MsbError",
      code: "STORE_FAILED",
      message: "The store of the event cache cannot be written: I/O error.",
      cause: other,
    });
    vi.spyOn(store, "read").mockImplementation(() => {
      throw other;
    });
    await expect(guarded.read(1, 1, 1)).rejects.toMatchObject({ code: "STORE_FAILED", cause: other });
    vi.spyOn(store, "close").mockRejectedValue(other);
    await expect(guarded.close()).rejects.toThrow("cannot be closed: I/O error.");
  });

  it("has its time, and leaves no timer", async () => {
    const { clock, guarded, store } = await openStore();
    store.next("write", takes(clock, 9_999));
    const written = guarded.write([]);
    await clock.advance(9_999);
    await written;
    expect(clock.pending).toBe(0);
  });

  it("that does not answer in time is asked nothing more until it does, but can be closed", async () => {
    const { clock, guarded, store } = await openStore();
    const answer = store.hold("read");
    const read = guarded.read(1, 1, 1).catch((error) => error);
    await clock.advance(10_000);
    expect((await read).message).toBe(
      "The store of the event cache cannot be read: it did not answer within 10000 ms.",
    );
    await expect(guarded.write([])).rejects.toThrow(
      "cannot be written: it still has not answered what it was asked before.",
    );
    expect(store.calls.write).toBe(0);
    const closed = guarded.close();
    answer();
    await closed;
    await guarded.open();
    await guarded.write([]);
    expect(store.calls.write).toBe(1);
  });

  it("that fails late is asked again as well", async () => {
    const { clock, guarded, store } = await openStore();
    store.next("write", async () => {
      await takes(clock, 20_000)();
      throw new Error("too late");
    });
    const written = guarded.write([]).catch((error) => error);
    await clock.advance(19_999);
    expect((await written).code).toBe("STORE_FAILED");
    await expect(guarded.read(1, 1, 1)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await clock.advance(1);
    await guarded.read(1, 1, 1);
  });

  it("that never opens can be closed", async () => {
    const clock = new FakeClock();
    const store = new MemoryStore();
    const guarded = new GuardedStore(store, clock);
    store.next("open", neverAnswers);
    const opened = guarded.open().catch((error) => error);
    await clock.advance(10_000);
    expect((await opened).message).toContain("cannot be opened");
    const closed = guarded.close().catch((error) => error);
    await clock.advance(10_000);
    expect((await closed).message).toContain("cannot be closed");
    expect(store.calls.close).toBe(1);
  });
});
