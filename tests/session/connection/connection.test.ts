import { describe, expect, it, vi } from "vitest";
import { PlainMessage, sockJsFraming } from "../../../src/core/codec/index.ts";
import { MsbError } from "../../../src/index.ts";
import { Connection } from "../../../src/session/connection/connection.ts";
import type { ConnectionEnd } from "../../../src/session/connection/connection-end.ts";
import type {
  ConnectionOptions,
  ConnectionOwner,
} from "../../../src/session/connection/connection-options.ts";
import { LevelLogger } from "../../../src/support/logger.ts";
import { FakeClock } from "../../../src/testing/fake-clock.ts";
import { ScriptedSocket } from "../../../src/testing/scripted-socket.ts";

const WS_URL = "ws://msb.test/websocket/data/1/2/websocket";

function optionsOf(clock: FakeClock): ConnectionOptions & ConnectionOwner {
  return {
    url: WS_URL,
    framing: sockJsFraming,
    openSocket: (url, listener) => new ScriptedSocket(url, listener),
    socketOptions: { hostnameVerification: true },
    clock,
    logger: new LevelLogger({ debug() {}, info() {}, warn() {}, error() {} }, "trace", clock),
    connectTimeout: 5_000,
    batchBytes: undefined,
    pingInterval: undefined,
    closeTimeout: 1_000,
    meter: undefined,
    isOverheard: false,
    onText: () => {},
    onMessage: () => {},
    onRoom: () => {},
    onEnd: () => {},
  };
}

function newConnection(options: ConnectionOptions & ConnectionOwner): Connection {
  return new Connection(options, options);
}

/** A connection on a scripted socket, and what it told its owner. */
function connect(
  options: Partial<ConnectionOptions & ConnectionOwner> = {},
  prepare: (socket: ScriptedSocket) => void = () => {},
) {
  const clock = new FakeClock();
  const messages: string[] = [];
  const ends: ConnectionEnd[] = [];
  const onRoom = vi.fn();
  let socket: ScriptedSocket | undefined;
  const connection = newConnection({
    ...optionsOf(clock),
    openSocket: (url, listener) => {
      socket = new ScriptedSocket(url, listener);
      prepare(socket);
      return socket;
    },
    onMessage: ({ type }) => messages.push(type),
    onRoom,
    onEnd: (end) => ends.push(end),
    ...options,
  });
  connection.open();
  return { clock, connection, ends, messages, onRoom, socket: socket as unknown as ScriptedSocket };
}

/** The same, up to IO_CONNECTED. */
function connected(...parameters: Parameters<typeof connect>) {
  const result = connect(...parameters);
  result.socket.serverAccepts();
  return result;
}

describe("a connection that is being opened", () => {
  it("sends nothing, has no room, and cannot be paused before IO_CONNECTED", async () => {
    const { clock, connection, socket } = connect({}, (each) => Object.assign(each, { pause: vi.fn() }));
    socket.serverOpens();
    socket.serverSendsFrame("o");
    expect(connection.hasRoom).toBe(false);
    connection.send(new PlainMessage("E {}"));
    connection.sendSoon("R {}");
    expect(connection.isSendingSoon).toBe(true);
    expect(connection.pause()).toBe(false);
    expect(connection.isPaused).toBe(false);
    await clock.advance(60);
    expect(socket.sent).toEqual([]);
  });

  it("has its time, whatever else comes meanwhile, and only once", async () => {
    const { clock, ends, socket } = connect();
    await clock.advance(4_000);
    socket.serverOpens();
    socket.serverSendsFrame("h");
    await clock.advance(999);
    expect(ends).toEqual([]);
    await clock.advance(1);
    expect(ends).toEqual([{ error: expect.objectContaining({ code: "TIMEOUT" }), serverClose: undefined }]);
    expect(socket.terminated).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("ends at once when it is closed before its factory has returned a socket", () => {
    const { connection, ends } = connect({
      openSocket: () => {
        throw "no socket";
      },
    });
    expect(ends).toMatchObject([
      { error: { code: "CONNECT_FAILED", message: expect.stringContaining("no socket") } },
    ]);
    connection.close();
    expect(ends).toHaveLength(1);
  });

  it("whose socket fails before its factory returns ends, and leaves that socket alone", () => {
    const { connection, ends, socket } = connect({}, (each) => each.serverCloses({ code: 1006 }));
    expect(ends).toHaveLength(1);
    connection.send(new PlainMessage("E {}"));
    connection.close();
    connection.abort(new MsbError("TIMEOUT", "enough"));
    expect([socket.sent, socket.closeRequested, socket.terminated]).toEqual([[], false, false]);
    expect(ends).toHaveLength(1);
  });
});

describe("a connection that is closed", () => {
  it("ends with the other side's answer, as our own act, whatever code that has", () => {
    const { clock, connection, ends, socket } = connected();
    connection.close();
    connection.close();
    expect(socket.closeRequested).toBe(true);
    expect(connection.hasRoom).toBe(false);
    connection.send(new PlainMessage("E {}"));
    expect(socket.sent).toEqual([]);
    socket.serverCloses({ code: 1011, reason: "no" });
    expect(ends).toEqual([
      { error: expect.objectContaining({ code: "DISCONNECTED" }), serverClose: undefined },
    ]);
    expect(clock.pending).toBe(0);
  });

  it("ends without an answer after closeTimeout, also if the server sends a close frame instead", async () => {
    const { clock, connection, ends, socket } = connected();
    connection.close();
    await clock.advance(500);
    socket.serverSendsFrame('c[3000,"Go away!"]');
    await clock.advance(499);
    expect(ends).toEqual([]);
    await clock.advance(1);
    expect(ends).toMatchObject([{ error: { code: "DISCONNECTED" } }]);
    expect(socket.terminated).toBe(true);
  });

  it("twice is closed once, and has no more time for that", async () => {
    const close = vi.fn();
    const { clock, connection, ends } = connected({}, (each) => Object.assign(each, { close }));
    connection.close();
    await clock.advance(600);
    connection.close();
    await clock.advance(400);
    expect(close).toHaveBeenCalledExactlyOnceWith(1000);
    expect(ends).toHaveLength(1);
  });

  it("before its factory has returned a socket ends at once", () => {
    const { clock, connection, ends } = connect();
    connection.abort(new MsbError("TIMEOUT", "enough"));
    expect(ends).toHaveLength(1);
    const another: Connection = newConnection({
      ...optionsOf(clock),
      openSocket: (url, listener) => {
        another.close();
        return new ScriptedSocket(url, listener);
      },
      onEnd: (end) => ends.push(end),
    });
    another.open();
    expect(ends.slice(1)).toMatchObject([{ error: { code: "DISCONNECTED" }, serverClose: undefined }]);
    expect(clock.pending).toBe(0);
  });

  it("is read again if reading was paused, for the answer to come", () => {
    const [pause, resume] = [vi.fn(), vi.fn()];
    const { connection } = connected({}, (each) => Object.assign(each, { pause, resume }));
    expect(connection.pause()).toBe(true);
    expect([connection.isPaused, pause.mock.calls.length]).toEqual([true, 1]);
    connection.close();
    expect([connection.isPaused, resume.mock.calls.length]).toEqual([false, 1]);
    connection.resume();
    expect(resume).toHaveBeenCalledOnce();
  });

  it("hears nothing more after its end", async () => {
    const { clock, connection, ends, messages, socket } = connected();
    connection.abort(new MsbError("TIMEOUT", "enough"));
    const before = messages.length;
    socket.serverSends("ping", "IO_PUBLISHED");
    // A rhythm of heartbeats would be watched.
    for (let beat = 0; beat < 3; beat += 1) {
      await clock.advance(1_000);
      socket.serverSendsFrame("h");
    }
    expect(clock.pending).toBe(0);
    socket.serverSendsFrame("c[3000]");
    socket.serverCloses();
    expect(messages).toHaveLength(before);
    expect(ends).toHaveLength(1);
    expect(socket.sent).toEqual([]);
  });
});

describe("why a connection ended", () => {
  it.each([
    ["a close frame", { code: 1011, reason: "no" }, { code: 1011, reason: "no" }, "close code 1011: no"],
    ["a close frame without a reason", { code: 1001 }, { code: 1001, reason: "" }, "(close code 1001)"],
    ["a break", { code: 1006 }, undefined, "close code 1006"],
    ["an error", { code: 1006, error: new Error("reset") }, undefined, "(reset)"],
    ["our own close beside an error", { code: 1009, error: new Error("too long") }, undefined, "(too long)"],
  ])("%s", (_, close, serverClose, detail) => {
    const { ends, socket } = connected();
    socket.serverCloses(close);
    expect(ends[0]?.serverClose).toEqual(serverClose);
    expect(ends[0]?.error).toMatchObject({
      code: "CONNECTION_LOST",
      message: expect.stringContaining(detail),
    });
    expect(ends[0]?.error.cause).toBe("error" in close ? close.error : undefined);
  });

  it("a SockJS close frame says it, whatever the socket says afterwards; the first one counts", async () => {
    const { clock, connection, ends, socket } = connected();
    socket.serverSendsFrame('c[1009,"too big"]');
    expect(connection.hasRoom).toBe(false);
    await clock.advance(600);
    socket.serverSendsFrame('c[3000,"Go away!"]');
    await clock.advance(399);
    expect(ends).toEqual([]);
    socket.serverCloses({ code: 1000 });
    expect(ends[0]).toMatchObject({
      serverClose: { code: 1009, reason: "too big" },
      error: { message: expect.stringContaining("1009: too big") },
    });
  });

  it("a SockJS close frame says it, too, if the socket is not closed", async () => {
    const { clock, ends, socket } = connected();
    socket.serverSendsFrame('c[1009,"too big"]');
    await clock.advance(1_000);
    expect(ends[0]).toMatchObject({
      serverClose: { code: 1009, reason: "too big" },
      error: { message: expect.stringContaining("1009: too big") },
    });
  });

  it("a message that ends it lets those after it in the frame be unheard", () => {
    const messages: string[] = [];
    const { connection, ends, socket } = connect({
      onMessage({ type }) {
        messages.push(type);
        if (type === "registered") {
          connection.abort(new MsbError("TIMEOUT", "enough"));
        }
      },
    });
    socket.serverAccepts();
    socket.serverSends("IO_REGISTERED", "IO_PUBLISHED");
    expect(messages).toEqual(["connected", "registered"]);
    expect(ends).toHaveLength(1);
  });
});

describe("a socket that is full", () => {
  it("is asked again every 50 ms, by one timer, until it has room: it tells, and sends what waits", async () => {
    const { clock, connection, onRoom, socket } = connected();
    socket.bufferedAmount = 4_000_000;
    expect([connection.askForRoom(), connection.askForRoom(), clock.pending]).toEqual([false, false, 1]);
    connection.sendSoon("R 1");
    connection.sendSoon("R 2");
    await clock.advance(500);
    expect(onRoom).not.toHaveBeenCalled();
    expect(clock.pending).toBe(1);
    socket.bufferedAmount = 3_999_999;
    await clock.advance(50);
    expect(onRoom).toHaveBeenCalledOnce();
    expect(socket.messages).toEqual(["R 2"]);
    expect([connection.isSendingSoon, clock.pending]).toEqual([false, 0]);
  });

  it("gets nothing that was withdrawn, and no answers to pings", async () => {
    const { clock, connection, socket } = connected();
    socket.bufferedAmount = 4_000_000;
    connection.sendSoon("R 1");
    connection.withdraw();
    socket.serverSends("ping");
    socket.bufferedAmount = 0;
    await clock.advance(50);
    expect(socket.sent).toEqual([]);
  });

  it("gets no pings of ours either", async () => {
    const ping = vi.fn();
    const { clock, socket } = connected({ pingInterval: 2_000 }, (each) => Object.assign(each, { ping }));
    await clock.advance(2_000);
    expect(ping).toHaveBeenCalledOnce();
    socket.bufferedAmount = 4_000_000;
    await clock.advance(2_000);
    expect(ping).toHaveBeenCalledOnce();
  });

  it("leaves no timer when it ends", () => {
    const { clock, connection, socket } = connected();
    socket.bufferedAmount = 4_000_000;
    expect(connection.askForRoom()).toBe(false);
    socket.serverCloses();
    expect(clock.pending).toBe(0);
  });
});

describe("a socket that fails", () => {
  it("ends the connection, which tells why", () => {
    const cause = new Error("the socket is broken");
    const { connection, ends, socket } = connected();
    socket.send = () => {
      throw cause;
    };
    connection.send(new PlainMessage("E {}"));
    expect(ends).toMatchObject([{ error: { code: "CONNECTION_LOST", cause }, serverClose: undefined }]);
  });
});

describe("a connection that is not read", () => {
  it("is not taken for dead, and has its whole time again when it is read on", async () => {
    const { clock, connection, ends, socket } = connected({}, (each) =>
      Object.assign(each, { pause() {}, resume() {} }),
    );
    for (let beat = 0; beat < 3; beat += 1) {
      await clock.advance(1_000);
      socket.serverSendsFrame("h");
    }
    connection.pause();
    await clock.advance(60_000);
    expect(ends).toEqual([]);
    connection.resume();
    await clock.advance(2_999);
    expect(ends).toEqual([]);
    await clock.advance(1);
    expect(ends).toMatchObject([{ error: { code: "CONNECTION_LOST" } }]);
  });

  it("cannot be where the platform has no way, and then nothing happens", () => {
    const { connection } = connected();
    expect([connection.pause(), connection.isPaused]).toEqual([false, false]);
    connection.resume();
  });

  it("a pong, a ping or anything else before IO_CONNECTED opens nothing", () => {
    const { connection, ends, socket } = connect();
    socket.serverPongs();
    socket.serverSendsFrame("h");
    socket.serverSends("ping", "what?");
    expect([connection.hasRoom, socket.sent]).toEqual([false, []]);
    socket.serverAccepts();
    expect(ends).toEqual([]);
  });

  it("a pong is a sign of life", async () => {
    const { clock, ends, socket } = connected({ pingInterval: 2_000 }, (each) =>
      Object.assign(each, { ping() {} }),
    );
    await clock.advance(5_000);
    socket.serverPongs();
    await clock.advance(5_999);
    expect(ends).toEqual([]);
    await clock.advance(1);
    expect(ends).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
