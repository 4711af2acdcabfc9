import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * A path, such as `/page.html`, and what stands there: a text, or the URL of a file; of a folder, where it ends with `/`. At `/`
 * the URL of a page brings what is in the folder of the page, too.
 */
export type Site = Readonly<Record<string, string | URL>>;

/** Serves a site on any free port of this computer. */
export async function serveSite(site: Site): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    try {
      const content = await find(site, pathname);
      response
        .writeHead(200, {
          "content-type": TYPES[pathname.endsWith("/") ? ".html" : extname(pathname)] ?? "text/plain",
        })
        .end(content);
    } catch {
      // Browsers ask for an icon by themselves.
      response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function find(site: Site, pathname: string): Promise<string | Buffer> {
  // The longest path that fits: what stands at a path itself comes before what is in a folder.
  const [path] = Object.keys(site)
    .filter((each) => each === pathname || (each.endsWith("/") && pathname.startsWith(each)))
    .sort((a, b) => b.length - a.length);
  const content = path === undefined ? undefined : site[path];
  if (path === undefined || content === undefined) {
    throw new Error("not found");
  }
  return typeof content === "string" ? content : readFile(new URL(pathname.slice(path.length), content));
}
