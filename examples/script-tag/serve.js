// Serves the page, and the library from node_modules: a hall may have no Internet.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const library = fileURLToPath(import.meta.resolve("msb-client-websocket")).replace(
  /[^/\\]+$/,
  "index.global.js",
);
const files = {
  "/": ["text/html", "index.html"],
  "/station.js": ["text/javascript", "station.js"],
  "/msb.js": ["text/javascript", library],
};

const server = createServer(async ({ url }, response) => {
  const [type, path] = files[url] ?? [];
  if (path === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(await readFile(path));
});

// HOST=0.0.0.0 lets other computers open the page.
server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? "127.0.0.1", () => {
  console.log(`The page is at http://127.0.0.1:${server.address().port}/`);
});
