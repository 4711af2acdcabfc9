// The guides' code for pages, bundled with the packed package, in Chromium.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import type { Page } from "playwright-core";
import { beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { compileScript, parse } from "vue/compiler-sfc";
import type { Broker } from "../../src/broker/index.ts";
import { contract, DataType } from "../../src/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { bundle } from "../support/package/bundle.ts";
import { installExample, linkPackages } from "../support/package/example.ts";
import { runOk } from "../support/package/program.ts";
import { testBroker, testClient } from "../support/setup.ts";

const browser = useBrowser();

let folder: string;

beforeAll(async () => {
  folder = join(inject("consumer"), "guide-pages");
  await mkdir(folder);
  await linkPackages(folder, ["vue"]);
});

/** Makes a module of a component, as Vue's own plugins for bundlers do. */
const vueComponents: Plugin = {
  name: "vue",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor } = parse(await readFile(path, "utf8"), { filename: path });
      const { content } = compileScript(descriptor, { id: "dashboard", inlineTemplate: true });
      return { contents: content, loader: "ts" };
    });
  },
};

/** Bundles a file, with the broker of the test instead of the usual port, and opens it in a page of its own. */
async function open(entry: string, broker: Broker): Promise<Page> {
  const { code } = await bundle(entry, {
    plugins: [vueComponents],
    define: { "process.env.NODE_ENV": '"development"', "import.meta.env": "{}" },
  });
  expect(code).toContain(":8085`");
  const site = await serveSite({
    "/page.html":
      '<!doctype html><meta charset="utf-8"><div id="root"></div><script type="module" src="/page.js"></script>',
    "/page.js": code.replaceAll(":8085`", `:${broker.port}\``),
  });
  onTestFinished(() => site[Symbol.asyncDispose]());
  return browser.open(`${site.url}/page.html`);
}

/** Writes the samples of a guide into files of these names. */
async function writeSamples(guide: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(folder, name), await documentSample(`docs/guides/${guide}.md`, name));
  }
}

const shows = (page: Page, text: string): Promise<void> =>
  page.getByText(text, { exact: true }).first().waitFor({ timeout: 30_000 });

const registeredAt = (broker: Broker): Promise<string> =>
  new Promise((resolve) => broker.on("register", ({ uuid }) => resolve(uuid)));

/** The machine that Vue's page shows. */
async function startPress(broker: Broker): Promise<() => Promise<unknown>> {
  const client = testClient({ uuid: "press-10" });
  const press = contract({
    events: { MEASURED: DataType.DOUBLE, SPEED_CHANGED: DataType.INT32 },
    functions: { SET_SPEED: { dataFormat: DataType.INT32, responds: "SPEED_CHANGED" } },
  });
  const { events } = client.implement(press, { SET_SPEED: ({ dataObject }) => dataObject });
  await client.start(broker.url);
  return () => events.MEASURED.publish(21.5);
}

test("browser-dashboard.md: a page that is bundled answers calls", async () => {
  const broker = await testBroker();
  const entry = join(folder, "vite.ts");
  await writeFile(entry, await documentSample("docs/guides/browser-dashboard.md", "vite"));
  const registered = registeredAt(broker);
  const page = await open(entry, broker);
  broker.call(await registered, "SHOW_SPEED", 90);
  await shows(page, "90 strokes per minute");
});

test("browser-dashboard.md: a page that came by plain http from another computer has its uuid", async () => {
  const example = await installExample(inject("consumer"), "script-tag", "script-tag-lan");
  const library = join(inject("consumer"), "node_modules/msb-client-websocket/dist/index.global.js");
  const first = await browser.open("about:blank");
  await first.context().route("http://station.lan/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = { "/": join(example, "index.html"), "/msb.js": library }[pathname];
    await route.fulfill({ path: file ?? join(example, pathname) });
  });
  const page = await first.context().newPage();
  await page.goto("http://station.lan/");
  const found = await page.evaluate(() => ({
    isSecure: window.isSecureContext,
    randomUuid: typeof crypto.randomUUID,
    uuid: localStorage["uuid"],
  }));
  expect(found).toEqual({
    isSecure: false,
    randomUuid: "undefined",
    uuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  });
});

test("vue.md: shows, calls, and disconnects when it is unmounted; a reactive client is a TypeError", async () => {
  const broker = await testBroker({ allowOrigins: ["*"] });
  const measure = await startPress(broker);
  await writeSamples("vue", ["use-msb.ts", "machine.ts", "Dashboard.vue"]);
  const entry = join(folder, "main.ts");
  await writeFile(
    entry,
    `import { createApp, reactive, shallowRef } from "vue";
     import Dashboard from "./Dashboard.vue";
     import { client } from "./machine.ts";
     const app = createApp(Dashboard);
     app.mount("#root");
     Object.assign(window, { app, client, reactive, shallowRef });`,
  );
  const page = await open(entry, broker);
  await shows(page, "MSB: registered");
  await shows(page, "– °C");
  await expect.poll(() => broker.flows.length).toBe(3);
  await measure();
  await shows(page, "21.5 °C");
  await page.getByRole("button").click();
  await shows(page, "The press runs at 90 strokes per minute.");
  expect(
    await page.evaluate(`(() => {
      const inShallowRef = shallowRef(client).value.state;
      try { return [inShallowRef, reactive(client).state]; } catch (error) { return [inShallowRef, error.name]; }
    })()`),
  ).toEqual(["registered", "TypeError"]);
  const uuid = await page.evaluate(() => localStorage["uuid"]);
  const gone = broker.waitForDisconnect(uuid);
  await page.evaluate("app.unmount()");
  await gone;
});

test("react.md: on a server the hooks render a service that is not connected", async () => {
  const example = await installExample(inject("consumer"), "react-vite", "react-server");
  const entry = join(example, "src/server.tsx");
  await writeFile(
    entry,
    `import { contract, DataType, MsbClient } from "msb-client-websocket";
     import { renderToString } from "react-dom/server";
     import { useEvent, useIsStale, useMsb } from "./use-msb.ts";
     const client = new MsbClient({ type: "Application", uuid: "dash", name: "d", description: "d", token: "t" });
     const machine = client.counterpart(contract({ events: { MEASURED: DataType.DOUBLE } }), { uuid: "press" });
     const Page = () => (
       <p>{useMsb(client, "http://127.0.0.1:9")} {String(useEvent(machine, "MEASURED"))}{" "}
         {String(useIsStale(machine, "MEASURED", 1_000))}</p>
     );
     console.log(renderToString(<Page />).replaceAll("<!-- -->", ""));`,
  );
  const { code } = await bundle(entry, { packages: "external", platform: "node" });
  await writeFile(join(example, "server.mjs"), code);
  expect(await runOk(process.execPath, [join(example, "server.mjs")])).toBe(
    "<p>disconnected undefined true</p>\n",
  );
});

test("react.md: StrictMode registers once, an unmounted page disconnects, and mounts again", async () => {
  const broker = await testBroker({ allowOrigins: ["*"] });
  const example = await installExample(inject("consumer"), "react-vite", "react-unmount");
  const registered: string[] = [];
  broker.on("register", ({ uuid }) => registered.push(uuid));
  const entry = join(example, "src/unmount.tsx");
  await writeFile(
    entry,
    `import { DataType, MsbClient } from "msb-client-websocket";
     import { StrictMode } from "react";
     import { createRoot } from "react-dom/client";
     import { useMsb } from "./use-msb.ts";
     const client = new MsbClient({ type: "Application", uuid: "dash", name: "d", description: "d", token: "t" });
     const url = \`http://\${location.hostname}:8085\`;
     const State = () => <p>MSB: {useMsb(client, url)}</p>;
     const mount = () => {
       const root = createRoot(document.getElementById("root")!);
       root.render(<StrictMode><State /></StrictMode>);
       return root;
     };
     Object.assign(window, { mount, root: mount() });`,
  );
  const page = await open(entry, broker);
  await shows(page, "MSB: registered");
  expect(registered).toEqual(["dash"]);
  const gone = broker.waitForDisconnect("dash");
  await page.evaluate("root.unmount()");
  await gone;
  await page.evaluate("void mount()");
  await shows(page, "MSB: registered");
  expect(registered).toEqual(["dash", "dash"]);
});
