// Answers of the broker that do not come as they should: broken off, not of the broker at all, or not at all.
import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Broker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, openItem, registerPress, shows } from "../support/browser/console.ts";
import { register, traceRows } from "../support/browser/trace.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

test.each([
  ["that breaks off", "cut"],
  ["of somebody else", "<p>Sign in to the network of the plant</p>"],
])("an answer %s changes nothing that is shown", async (_, answer) => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker);
  await shows(page.locator(".verdict"), /All is well/);
  const asked = await page.evaluate((text) => {
    const { fetch: askBroker } = window;
    Object.assign(globalThis, { askedInVain: 0 });
    window.fetch = async (input, init) => {
      if (input !== "/broker/state" && input !== "/broker/faults") {
        return askBroker(input, init);
      }
      Object.assign(globalThis, { askedInVain: Reflect.get(globalThis, "askedInVain") + 1 });
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(text === "cut" ? '{"services":[' : text));
          if (text === "cut") {
            controller.error(new TypeError("network error"));
          } else {
            controller.close();
          }
        },
      });
      return new Response(body);
    };
    return true;
  }, answer);
  expect(asked).toBe(true);
  await expect.poll(() => page.evaluate("askedInVain")).toBeGreaterThan(4);
  await shows(page.getByRole("listbox", { name: "Services" }), "Press press");
  await shows(page.getByRole("navigation", { name: "Views" }), "Faults");
});

test("a service whose description could not be loaded again stays, with what was typed, and is asked for when the broker is back", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker, "#/service/press");
  const item = await openItem(page, "SET_SPEED");
  await item.getByLabel("Value").fill("21");
  let refused = 0;
  await page.route("**/broker/services/press", (route) => {
    refused += 1;
    return route.abort();
  });
  const again = broker.waitForRegistration("press", { next: true, timeout: 30_000 });
  broker.disconnect("press");
  await again;
  await expect.poll(() => refused).toBeGreaterThan(0);
  await page.unroute("**/broker/services/press");
  const answered = page.waitForResponse("**/broker/services/press");
  await shows(page.locator("main h2"), /Press press/);
  expect(await item.getByLabel("Value").inputValue()).toBe("21");
  await answered;
  await shows(page.locator("main h2"), /Press press.*connected/);
  expect(await item.getByLabel("Value").inputValue()).toBe("21");
});

test("a stream that was refused once goes on with what is new", async () => {
  const broker = await testBroker();
  const { url, cut } = await startGate(broker);
  await register(broker, "first");
  const page = await openConsole(browser, { url } as Broker);
  await shows(traceRows(page), "first");
  cut();
  await page.getByText("not connected", { exact: true }).waitFor();
  await register(broker, "second");
  await page.getByText("live", { exact: true }).waitFor({ timeout: 30_000 });
  await shows(traceRows(page), "second");
  const texts = await traceRows(page).allTextContents();
  expect(texts.filter((text) => /R✓.*first/.test(text))).toHaveLength(1);
});

/** A gateway before a broker. `cut()` ends its streams, and refuses the next one. */
async function startGate(broker: Broker): Promise<{ readonly url: string; readonly cut: () => void }> {
  const streams = new Set<ServerResponse>();
  let isRefusing = false;
  const server = createServer((incoming, answer) => {
    if (incoming.url?.startsWith("/broker/trace") === true) {
      if (isRefusing) {
        isRefusing = false;
        answer.writeHead(502).end();
        return;
      }
      streams.add(answer);
    }
    const { method, headers } = incoming;
    const outgoing = request(new URL(incoming.url ?? "/", broker.url), { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.on("error", () => answer.destroy());
    answer.on("close", () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isRefusing = true;
      for (const stream of streams) {
        stream.destroy();
      }
      streams.clear();
    },
  };
}
