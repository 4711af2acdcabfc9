// Follows docs/tutorial.md from its first command to its last, with the package as it is packed. Only ports and addresses are others.
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject, onTestFinished, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { freePort } from "../support/free-port.ts";
import { checkJavaScript } from "../support/package/check-javascript.ts";
import { ROOT, sameVersion, temporaryFolder } from "../support/package/package.ts";
import type { Program } from "../support/package/program.ts";
import { countBlocks, networkAddress, Tutorial } from "../support/package/tutorial.ts";

const browser = useBrowser();

test("the tutorial leads from an empty folder to a dashboard that works", {
  timeout: 240_000,
}, async () => {
  const parent = await temporaryFolder();
  onTestFinished(() => parent[Symbol.asyncDispose]());
  const [brokerPort, pagePort] = [await freePort(), await freePort()];
  const address = networkAddress();
  const tutorial = await Tutorial.open({
    parent: parent.path,
    packages: { "msb-client-websocket": inject("packed").tarball, zod: sameVersion("zod") },
    replaced: { 8085: String(brokerPort), 5173: String(pagePort), "192.168.1.20": address },
  });
  // A block without a name would be one that nobody tries.
  expect(tutorial.names).toHaveLength(await countBlocks());
  const start = (name: string, ...more: string[]): Program => {
    const program = tutorial.start(name, ...more);
    onTestFinished(() => program[Symbol.asyncDispose]());
    return program;
  };
  const startBroker = async (name: string): Promise<Program> => {
    const broker = start(name, "--port", String(brokerPort));
    await broker.written(/Ctrl\+C to stop/);
    return broker;
  };
  const startPage = async (name: string): Promise<Program> => {
    const vite = start(name, "--port", String(pagePort), "--strictPort");
    await vite.written(/ready in/);
    return vite;
  };
  const stop = async (program: Program): Promise<void> => {
    program.signal("SIGINT");
    await program.exit;
  };

  // 1. Set up
  await tutorial.run("set-up");
  await useVite(tutorial.folder);

  // 2. Start the broker
  let broker = await startBroker("broker");
  expect(broker.output).toMatch(tutorial.written("broker-output"));
  const tab = await browser.open("about:blank");
  const console = await openTab(tab, `http://127.0.0.1:${brokerPort}/`);
  await console.getByText("live", { exact: true }).waitFor();

  // 3. The press
  await tutorial.save("press-by-hand");
  expect(await checkJavaScript(tutorial.folder, ["press.js"])).toEqual([]);
  const first = start("run-press");
  await first.written(tutorial.written("press-output"));
  const services = console.getByRole("listbox", { name: "Services" });
  await services.getByText("Press 7").click();

  // 4. Call the function
  const item = console.locator("details.item", { hasText: "Set speed" });
  await item.locator("summary").click();
  await item.getByLabel("Value").fill("60");
  await item.getByLabel(/^Wait for a response event/).check();
  const call = item.getByRole("button", { name: "Call the function" });
  await call.click();
  await item.getByText("The response event:").waitFor();
  await first.written(tutorial.written("call-output"));
  await item.getByLabel("Value").fill("fast");
  await call.click();
  await item.getByText("Not sent, because this does not fit").waitFor();
  await item.locator(".problem", { hasText: 'must be a whole number, not "fast"' }).waitFor();

  // 5. A contract, and a page
  for (const name of ["contract", "press", "dashboard"]) {
    await tutorial.save(name);
  }
  await tutorial.save("page", "index.html");
  await stop(first);
  const press = start("run-press");
  await press.written(tutorial.written("press-output"));
  let vite = await startPage("run-page");
  const page = await openTab(tab, `http://localhost:${pagePort}/`);
  await shows(page, "The dashboard is registered.");
  await shows(page, tutorial.sample("page-without-flows").trim());

  // 6. The flows
  await console.getByRole("link", { name: /^Flows/ }).click();
  await console.getByRole("button", { name: "New flow" }).click();
  await choose(console, "From the service", "Press 7");
  await console.getByLabel("its event").selectOption("MEASURED");
  await choose(console, "To the service", "Dashboard");
  await console.getByLabel("its function").selectOption("press7.MEASURED");
  await console.getByRole("button", { name: "Add the flow" }).click();
  await shows(page, /Stroke \d+: \d+\.\d °C/);

  await stop(broker);
  broker = await startBroker("broker-for-page");
  await tutorial.append("deploy", "dashboard.js");
  expect(await checkJavaScript(tutorial.folder, ["press.js", "press.contract.js", "dashboard.js"])).toEqual(
    [],
  );
  await shows(page, /created: .*press7\.MEASURED\ncreated: .*press7\.SPEED_CHANGED\ncreated: .*SET_SPEED$/m);
  await setSpeed(page, tutorial.sample("page-with-flows"));

  // 7. Pull the plug
  await stop(broker);
  await press.written(tutorial.written("lost-output"));
  await shows(page, "The dashboard is reconnecting.");
  const lastStroke = Number([...press.output.matchAll(/^Stroke (\d+) /gm)].at(-1)?.[1]);
  broker = await startBroker("broker-again");
  await press.written(tutorial.written("back-output"));
  await press.written(new RegExp(`^Stroke ${lastStroke + 3} was accepted\\.$`, "m"));
  const strokes = [...press.output.matchAll(/^Stroke (\d+) /gm)].map(([, stroke]) => Number(stroke));
  expect(strokes).toEqual(strokes.map((_, index) => index + 1));
  // The page's list is still the one from before: the broker knows when it has been made again.
  await expect.poll(() => flowsOf(brokerPort), { timeout: 30_000, interval: 100 }).toHaveLength(3);
  await setSpeed(page, tutorial.sample("page-with-flows"));

  // 8. On your phone
  await Promise.all([stop(broker), stop(vite)]);
  broker = await startBroker("broker-for-network");
  vite = await startPage("page-for-network");
  await tutorial.replaceLine("deploy-with-token", "dashboard.js", "deployFlows");
  expect(await checkJavaScript(tutorial.folder, ["dashboard.js"])).toEqual([]);
  const phone = await openTab(tab, `http://${address}:${pagePort}/`);
  await shows(phone, /created: /);
  await shows(phone, /Stroke \d+: \d+\.\d °C/);
  await setSpeed(phone, tutorial.sample("page-with-flows"));
});

/** What `npm install --save-dev vite` and `npx vite` find, without a download. */
async function useVite(folder: string): Promise<void> {
  await symlink(join(ROOT, "node_modules/vite"), join(folder, "node_modules/vite"));
  await symlink("../vite/bin/vite.js", join(folder, "node_modules/.bin/vite"));
}

async function openTab(other: Page, url: string): Promise<Page> {
  const page = await other.context().newPage();
  const problems: Error[] = [];
  page.on("pageerror", (error) => problems.push(error));
  onTestFinished(() => expect(problems).toEqual([]));
  await page.goto(url);
  return page;
}

async function shows(page: Page, text: string | RegExp): Promise<void> {
  const body = () => page.innerText("body", { timeout: 5_000 }).catch(String);
  const expected = expect.poll(body, { timeout: 30_000, interval: 100 });
  await (typeof text === "string" ? expected.toContain(text) : expected.toMatch(text));
}

async function flowsOf(brokerPort: number): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${brokerPort}/broker/flows`);
  return answer.json();
}

async function setSpeed(page: Page, answer: string): Promise<void> {
  await page.getByRole("button", { name: "Set speed" }).click();
  await shows(page, answer.trim());
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(label).fill(name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}
