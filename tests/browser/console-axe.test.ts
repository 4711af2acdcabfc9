import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Broker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, openItem, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

test.each(Object.keys(LOOKS) as (keyof typeof LOOKS)[])(
  "no view of the console has a serious finding (%s)",
  async (look) => {
    const options = LOOKS[look];
    const empty = await openConsole(browser, await testBroker(), "", options);
    await shows(empty.locator("main"), "No service has registered yet");
    const found = await findingsOf(empty, "empty broker");

    const broker = await busyBroker();
    const page = await openConsole(browser, broker, "", options);
    const open = async (path: string) => {
      await page.evaluate((to) => {
        location.hash = to;
      }, path);
    };
    await page.locator(".troubles li").first().waitFor();
    await page.locator(".rate-chart").waitFor();
    found.push(...(await findingsOf(page, "overview")));
    await open("#/service/press");
    await openItem(page, "SET_SPEED");
    await page.getByRole("button", { name: "Call the function" }).click();
    await page.getByText("The response event:").waitFor();
    found.push(...(await findingsOf(page, "service")));
    await open("#/services");
    await page.getByRole("listbox", { name: "Services" }).getByRole("option").first().waitFor();
    found.push(...(await findingsOf(page, "services")));
    await open("#/flows");
    await page.getByRole("listbox", { name: "Flows" }).getByRole("option").click();
    await page.getByRole("button", { name: "New flow" }).click();
    found.push(...(await findingsOf(page, "flows")));
    await open("#/faults");
    await page.getByRole("region", { name: "Faults in force" }).waitFor();
    found.push(...(await findingsOf(page, "faults")));
    await open("#/trace");
    await page.getByRole("listbox", { name: "Messages" }).getByRole("option").first().click();
    found.push(...(await findingsOf(page, "trace")));
    await open("#/api");
    await page.locator("summary", { hasText: "/broker/flows/{id}" }).first().click();
    await page.getByRole("button", { name: "Try it" }).waitFor();
    found.push(...(await findingsOf(page, "api")));

    await broker.close();
    await page.getByText("No connection to the broker since").waitFor();
    found.push(...(await findingsOf(page, "no connection")));
    expect(found).toEqual([]);
  },
  // Ten views, each looked at by all rules.
  120_000,
);

test.each(["light", "dark"] as const)("neither has the form for the token (%s)", async (colorScheme) => {
  const broker = await testBroker({ token: "secret-token" });
  const page = await openConsole(browser, broker, "?token=secret-token", { colorScheme });
  await page.context().clearCookies();
  await page.route("**/broker/faults", (route) => route.fulfill({ status: 401, json: { error: "no" } }));
  await page.getByLabel("Token").waitFor();
  expect(await findingsOf(page, "token")).toEqual([]);
});

test("what axe would find is found", async () => {
  const page = await openConsole(browser, await testBroker());
  await page.locator("h1").evaluate((title) => {
    title.outerHTML = '<p style="color: #eee; background: #fff">MSB broker</p><button></button>';
  });
  const found = await findingsOf(page, "broken");
  expect(found.join("\n")).toMatch(/button-name/);
  expect(found.join("\n")).toMatch(/color-contrast/);
});

/** A broker with services, a flow, messages, problems and faults. */
async function busyBroker(): Promise<Broker> {
  const broker = await testBroker();
  const press = await registerPress(broker);
  await registerDisplay(broker);
  broker.addFlow({
    from: { uuid: "press", eventId: "MEASURED" },
    to: { uuid: "display", functionId: "SHOW" },
    mapping: { "/dataObject/celsius": "/dataObject/celsius" },
  });
  broker.faults.refuseNext("E", { uuid: "press" });
  await press.publish("MEASURED", { celsius: 21.5, state: "idle" }).catch(() => {});
  await press.publish("MEASURED", { celsius: 22.5, state: "idle" });
  broker.faults.stopAcknowledging("R", "nobody");
  return broker;
}

/** What is serious or critical, each with its view, rule and place. */
async function findingsOf(page: Page, view: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is a global of the page.
    const { violations } = await (globalThis as any).axe.run(document, { resultTypes: ["violations"] });
    return violations as {
      id: string;
      impact: string;
      nodes: { target: unknown; failureSummary: string }[];
    }[];
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${view}: ${id} at ${String(target)}: ${failureSummary}`),
    );
}
