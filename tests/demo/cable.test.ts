// The cable alone, between a server that says everything back and its clients.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Cable } from "../../demo/plant/cable.ts";

const server = createServer({ allowHalfOpen: false }, (socket) => {
  sockets.push(socket);
  socket.on("error", () => {}).on("data", (data) => socket.write(data));
});
let sockets: Socket[] = [];
let cable: Cable;
let port: number;

beforeEach(async () => {
  sockets = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cable = new Cable({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  port = await cable.open();
});

afterEach(async () => {
  await cable.close();
  await new Promise((resolve) => server.close(resolve));
});

function open(): { socket: Socket; said: () => string; closed: Promise<unknown> } {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  socket.on("error", () => {});
  return { socket, said: () => text, closed: new Promise((resolve) => socket.once("close", resolve)) };
}

test("plugged in, everything passes both ways; plugging it in again changes nothing", async () => {
  const { socket, said } = open();
  socket.write("one ");
  await expect.poll(said).toBe("one ");
  cable.set("plugged");
  socket.write("two");
  await expect.poll(said).toBe("one two");
  socket.end();
  await expect.poll(() => sockets[0]?.closed).toBe(true);
});

test("pulled, both ends are told, and nobody gets through until it is plugged in again", async () => {
  const { closed, said, socket } = open();
  socket.write("x");
  await expect.poll(said).toBe("x");
  cable.set("unplugged");
  await closed;
  await expect.poll(() => sockets[0]?.closed).toBe(true);
  await open().closed;
  expect(sockets).toHaveLength(1);
  cable.set("plugged");
  const again = open();
  again.socket.write("y");
  await expect.poll(again.said).toBe("y");
});

test("half-open, nothing passes and nobody is told; then everything passes that was said", async () => {
  const { socket, said } = open();
  socket.write("one ");
  await expect.poll(said).toBe("one ");
  cable.set("half-open");
  socket.write("two ");
  const other = open();
  await once(other.socket, "connect");
  other.socket.write("hello");
  // Those that hear each other elsewhere have had the time.
  const beside = new Cable({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  const witness = connect(await beside.open(), "127.0.0.1").on("error", () => {});
  witness.write("w");
  await once(witness, "data");
  await beside.close();
  expect([said(), other.said()]).toEqual(["one ", ""]);
  expect([socket.closed, other.socket.closed]).toEqual([false, false]);
  cable.set("plugged");
  await expect.poll(said).toBe("one two ");
  await expect.poll(other.said).toBe("hello");
});

test("half-open, an end that goes away is not heard of until the cable is whole again", async () => {
  const { socket, said } = open();
  socket.write("one");
  await expect.poll(said).toBe("one");
  cable.set("half-open");
  socket.resetAndDestroy();
  await once(socket, "close");
  expect(sockets[0]?.closed).toBe(false);
  cable.set("plugged");
  await expect.poll(() => sockets[0]?.closed).toBe(true);
});

test("half-open for long, it does not pile up the connections of somebody who tries again and again", async () => {
  cable.set("half-open");
  const first = open();
  await once(first.socket, "connect");
  const last = Array.from({ length: 16 }, () => open());
  await Promise.all(last.map(({ socket }) => once(socket, "connect")));
  await first.closed;
  last[15]?.socket.write("x");
  cable.set("plugged");
  await expect.poll(() => last[15]?.said()).toBe("x");
});
