// What the page server answers.
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Plant } from "../plant/plant.ts";
import { onlyOwnPages } from "./own-pages.ts";
import type { BuiltFile, PageBundle } from "./page-bundle.ts";
import { plainPage } from "./plain-page.ts";
import { plantRoutes } from "./plant-routes.ts";
import { openSession, type SessionFacts } from "./session.ts";
import { staticFile } from "./static-files.ts";

export function createApp(plant: Plant, bundle: PageBundle, facts: SessionFacts): Hono {
  const app = new Hono();
  app.onError((error, c) =>
    c.json({ message: error.message }, error instanceof HTTPException ? error.status : 500),
  );
  app.notFound((c) => c.json({ message: `Nothing answers ${c.req.method} ${c.req.path}.` }, 404));
  app.use(onlyOwnPages(facts.networkUrls.map((url) => new URL(url).hostname)));
  app.use(async (c, next) => {
    await next();
    // The sources may have changed, and every page begins with what is true now.
    c.header("Cache-Control", "no-store");
    // In a frame of somebody else's page people would press buttons that they do not see.
    c.header("Content-Security-Policy", "frame-ancestors 'none'");
  });

  app.get("/session", (c) => {
    const { socket } = (c.env as HttpBindings).incoming;
    return c.json(openSession(facts, nameOf(c), socket.remoteAddress ?? ""));
  });
  app.route("/", plantRoutes(plant));
  for (const name of ["app.js", "app.css", "style.css"] as const) {
    app.get(`/${name}`, async (c) => send(c, await bundle.page(name)));
  }
  app.get("/msb.js", async (c) => send(c, await bundle.sdk()));
  app.get("/plain.html", async (c) => {
    if (c.req.query("msb") === undefined) {
      const { msbUrl } = openSession(facts, nameOf(c), "");
      return c.redirect(`/plain.html?${new URLSearchParams({ msb: msbUrl })}`);
    }
    return send(c, await plainPage());
  });
  app.get("/:file?", async (c) => {
    const found = await staticFile(c.req.param("file") ?? "index.html");
    return found === undefined
      ? c.notFound()
      : c.body(new Uint8Array(found.body), 200, { "Content-Type": found.type });
  });
  return app;
}

function send(c: Context, { type, body }: BuiltFile): Response {
  return c.body(body, 200, { "Content-Type": type });
}

/** The host name of the page's own address. */
function nameOf(c: Context): string {
  return (c.req.header("host") ?? "127.0.0.1").replace(/:\d+$/, "");
}
