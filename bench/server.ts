import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** The least that a client needs of an MSB, so that the client is what is measured. */
export async function startServer(): Promise<{
  url: string;
  received(count: number): Promise<void>;
  /** Milliseconds from the open socket to R, of the newest connection. */
  openToRegistration(): number;
  close(): Promise<void>;
}> {
  let received = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let reached: () => void = () => {};
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  let openToRegistration = Number.NaN;
  server.on("connection", (socket) => {
    const opened = performance.now();
    socket.send("o");
    socket.send('a["IO_CONNECTED"]');
    socket.on("message", (data: Buffer) => {
      const kind = data.toString("latin1", 2, 3);
      if (kind === "R") {
        openToRegistration = performance.now() - opened;
        socket.send('a["IO_REGISTERED"]');
      }
      if (kind !== "E") {
        return;
      }
      received += 1;
      socket.send('a["IO_PUBLISHED"]');
      if (received >= wanted) {
        reached();
      }
    });
  });
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openToRegistration: () => openToRegistration,
    received: (count) =>
      new Promise((resolve) => {
        wanted = received + count;
        reached = () => {
          wanted = Number.POSITIVE_INFINITY;
          resolve();
        };
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) {
          socket.terminate();
        }
        server.close(() => resolve());
      }),
  };
}
