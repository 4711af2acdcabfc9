import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme } from "vitepress";

const DOCS = join(import.meta.dirname, "..");

/** The documents of the site in their order; `tests/docs/links.test.ts` notices one that is missing here, or there. */
const ROOMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Start: {
    "first-minute": "The first minute of the demo",
    "how-the-msb-works": "How the MSB works",
    tutorial: "Tutorial",
  },
  Guides: {
    "guides/node-service": "A Node.js service",
    "guides/browser-dashboard": "A dashboard in the browser",
    "guides/react": "React",
    "guides/vue": "Vue",
    "guides/commonjs": "CommonJS",
    "guides/contract": "Contracts",
    "guides/generate": "Code from a self-description",
    "guides/configuration-parameters": "Configuration parameters",
    "guides/gateways": "Gateways",
    "guides/application-properties": "application.properties",
    "guides/delivery": "Delivery",
    "guides/stores": "Stores",
    "guides/tls": "TLS",
    "guides/testing-your-service": "Testing your service",
    "guides/debugging": "Debugging",
    "guides/check": "The check command",
    "guides/middleware": "Middleware",
    "guides/opentelemetry": "OpenTelemetry",
    "guides/many-clients": "Many clients",
    "guides/mqtt-gateway": "A Gateway for MQTT",
    "guides/migration": "Migration",
  },
  Reference: {
    "reference/options": "Options",
    "reference/error-codes": "Error codes",
    "reference/data-formats": "Data formats",
    "reference/protocol": "Protocol",
    "reference/broker": "Development broker",
    "reference/broker-limits": "Limits of the broker",
    "reference/real-msb": "The real MSB",
    "reference/platforms": "Platforms",
  },
  Project: {
    "project/architecture": "Architecture",
    "project/testing": "Tests",
    "project/interop": "Official clients",
    "project/package": "The package",
    "project/releasing": "Releasing",
  },
};

/** Every document that the site has in its sidebar, such as `guides/tls.md`. */
export const LISTED_DOCUMENTS: readonly string[] = Object.values(ROOMS)
  .flatMap(Object.keys)
  .map((path) => `${path}.md`);

export function sidebar(): DefaultTheme.SidebarItem[] {
  return Object.entries(ROOMS).map(([text, pages]) => ({
    text,
    items: [
      ...Object.entries(pages).map(([path, title]) => ({ text: title, link: `/${path}` })),
      ...(text === "Reference" ? [{ text: "API", link: "/api/", collapsed: true, items: apiPages() }] : []),
    ],
  }));
}

/** What `npm run docs:api` wrote. */
function apiPages(): DefaultTheme.SidebarItem[] {
  const path = join(DOCS, "api/typedoc-sidebar.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
}
