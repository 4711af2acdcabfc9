import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const server = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
server.on("connection", (socket) => {
  socket.on("event", (_value, acknowledge) => acknowledge());
});
http.listen(0, "127.0.0.1", () => process.send({ url: `http://127.0.0.1:${http.address().port}` }));
process.on("message", () => {});
process.on("disconnect", () => process.exit());
