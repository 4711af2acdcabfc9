import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { register } from "../support/browser/trace.ts";
import { testBroker, testClient } from "../support/setup.ts";

const browser = useBrowser();
/** The page asks every two seconds. */
const SOON = { timeout: 30_000 };
const READING = { celsius: 21.5, state: "idle" };

describe("whether it is well", () => {
  test("comes first: ready, well, and what is not", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker);
    const verdict = page.locator(".verdict");
    await shows(verdict, /Ready.*waits for the first service/s);
    const press = await registerPress(broker);
    await shows(verdict, /All is well.*1 service is connected, and nothing went wrong/s);
    expect(await page.locator("main h2").first().textContent()).toBe("All is well");

    broker.faults.refuseNext("E", { uuid: "press" });
    await expect(press.publish("MEASURED", READING)).rejects.toThrow();
    await shows(verdict, /One thing needs a look.*1 message of Press press was refused\./s);
    await shows(page.getByRole("link", { name: "Overview" }), "1 problem");
  });

  test("is said also while something goes wrong again and again", async () => {
    const broker = await testBroker();
    const press = await registerPress(broker);
    const page = await openConsole(browser, broker);
    const verdict = page.locator(".verdict");
    await shows(verdict, /All is well/);
    broker.faults.refuseNext("E", { uuid: "press", count: 1_000_000 });
    const timer = setInterval(() => press.publish("MEASURED", READING).catch(() => {}), 50);
    onTestFinished(() => clearInterval(timer));
    await shows(verdict, /needs? a look.*messages of Press press were refused/s);
  });

  test.each([10, -10])(
    "is judged by the clock of the broker, on a computer that is %d minutes ahead",
    async (minutes) => {
      const broker = await testBroker();
      const press = await registerPress(broker);
      await registerDisplay(broker);
      broker.addFlow({
        from: { uuid: "press", eventId: "MEASURED" },
        to: { uuid: "display", functionId: "SHOW" },
      });
      broker.disconnect("display");
      await broker.waitForDisconnect("display").catch(() => {});
      broker.faults.stopAcknowledging("R");
      const longAgo = Date.now() - 60_000;
      await press.publish("MEASURED", READING);
      const first = await browser.open("about:blank");
      const context = first.context();
      await context.addInitScript((skew) => {
        const { now } = Date;
        Date.now = () => now() + skew;
      }, minutes * 60_000);
      const answer = { last: Date.now() };
      await context.route("**/broker/activity", async (route) => {
        const response = await route.fetch();
        const activity = await response.json();
        for (const problem of activity.problems) {
          problem.last = answer.last;
        }
        await route.fulfill({ json: activity });
      });
      const page = await context.newPage();
      await page.goto(broker.url);
      const waiting = page.locator(".troubles li").filter({ hasText: "1 call waits for Display" });
      await shows(waiting, "More are coming.");
      answer.last = longAgo;
      await shows(waiting, /^(?!.*More are coming\.).*They are sent when it is back\./);
    },
  );

  test("says of each problem since when, how often, and leads to it", async () => {
    const broker = await testBroker();
    const press = await registerPress(broker);
    await registerDisplay(broker);
    broker.addFlow({
      from: { uuid: "press", eventId: "MEASURED" },
      to: { uuid: "display", functionId: "SHOW" },
    });
    broker.faults.refuseNext("E", { uuid: "press", count: 2 });
    await expect(press.publish("MEASURED", READING)).rejects.toThrow();
    await expect(press.publish("MEASURED", READING)).rejects.toThrow();
    broker.disconnect("display");
    await broker.waitForDisconnect("display").catch(() => {});
    broker.faults.stopAcknowledging("R");
    for (let index = 0; index < 3; index += 1) {
      await press.publish("MEASURED", READING);
    }
    const page = await openConsole(browser, broker);
    const problem = (text: RegExp) => page.locator(".troubles li").filter({ hasText: text });
    const refused = problem(/2 messages of Press press were refused/);
    await shows(refused, /NIO_EVENT_FORWARDING_ERROR.*since \d\d:\d\d:\d\d/s);
    await shows(problem(/3 calls wait for Display, which is away/), "They are sent when it is back.");
    await shows(
      problem(/The registrations \(R\) of all services are not acknowledged/),
      "Somebody has asked",
    );

    await refused.getByRole("link", { name: "Show its messages" }).click();
    await expect.poll(() => page.title()).toBe("Trace · MSB broker");
    await shows(page.getByRole("listbox", { name: "Messages" }), "NIO_EVENT_FORWARDING_ERROR");
    expect(await page.getByLabel("Service", { exact: true }).inputValue()).toBe("Press press");
    await page.goBack();
    await refused.getByRole("link", { name: "Show Press press" }).click();
    await shows(page.locator("main h2"), "Press press");
    await page.goBack();
    await problem(/3 calls wait/)
      .getByRole("link", { name: /^Show flow #/ })
      .click();
    await expect.poll(() => page.title()).toBe("Flows · MSB broker");
    expect(new URL(page.url()).searchParams.get("flow")).toBe("1");
    await page.goBack();
    await problem(/are not acknowledged/)
      .getByRole("link", { name: "End it" })
      .click();
    await shows(page.getByRole("region", { name: "Faults in force" }), "are not acknowledged");
  });
});

describe("the rate", () => {
  test("of what was before the page was opened is drawn over a time axis, with what was refused", async () => {
    const broker = await testBroker();
    const press = await registerPress(broker);
    broker.faults.refuseNext("E", { uuid: "press" });
    await expect(press.publish("MEASURED", READING)).rejects.toThrow();
    await press.publish("MEASURED", READING);
    await expect.poll(() => historyLength(broker.url)).toBeGreaterThan(2);
    const page = await openConsole(browser, broker);
    const chart = page.locator(".rate-chart");
    await shows(
      page.locator(".rate figcaption"),
      /now, at most \d.* at \d\d:\d\d:\d\d\. 1 message refused or dropped/,
    );
    await expect.poll(() => chart.locator(".mark").count()).toBe(1);
    const labels = await chart.locator("text").allTextContents();
    expect(labels).toEqual(expect.arrayContaining(["0", "now", expect.stringMatching(/^\d\d:\d\d$/)]));
    // What a point of the line stands for.
    const box = await chart.boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) - 14, (box?.y ?? 0) + 60);
    await shows(page.locator(".rate figcaption"), /^\d\d:\d\d:\d\d: [\d.]+ per second/);
    await press.publish("MEASURED", READING);
  });
});

describe("services", () => {
  test("are sorted by rate, queue, last seen and name, in the table and in the list", async () => {
    const broker = await testBroker();
    for (const uuid of ["b", "c", "a"]) {
      const client = testClient({ uuid, name: `Service ${uuid}` });
      client.addEvent({ eventId: "READ", dataFormat: "integer" });
      await client.connect(broker.url);
      await client.register();
      await client.publish("READ", 1);
    }
    broker.addFlow({ from: { uuid: "b", eventId: "READ" }, to: { uuid: "a", functionId: "SHOW" } });
    broker.disconnect("a");
    await broker.waitForDisconnect("a").catch(() => {});
    broker.publish("b", "READ", 1);
    const page = await openConsole(browser, broker);
    await expect.poll(() => names(page), SOON).toEqual(["a", "b", "c"]);
    const head = (name: string) => page.getByRole("columnheader", { name }).getByRole("button");
    await head("Waiting calls").click();
    await expect.poll(() => names(page).then(([first]) => first), SOON).toBe("a");
    await head("Last seen").click();
    await expect.poll(() => names(page).then(([first]) => first), SOON).toBe("a");
    // The rate is that of the last seconds: it lasts as long as somebody sends.
    const [often, seldom] = await Promise.all(["often", "seldom"].map((uuid) => register(broker, uuid)));
    const timer = setInterval(() => {
      for (let count = 0; count < 8; count += 1) {
        often?.send(eventMessage("often"));
      }
      seldom?.send(eventMessage("seldom"));
    }, 250);
    onTestFinished(() => clearInterval(timer));
    const byRate = ["often", "seldom"];
    await head("Messages/s").click();
    await expect.poll(() => names(page).then((all) => all.slice(0, 2)), SOON).toEqual(byRate);
    expect(await page.getByRole("columnheader", { name: "Messages/s" }).getAttribute("aria-sort")).toBe(
      "descending",
    );
    await head("Service").click();
    await expect.poll(() => names(page).then(([first]) => first), SOON).toBe("a");
    await page.getByLabel("Sort services by").selectOption("by messages/s");
    await expect.poll(() => names(page).then((all) => all.slice(0, 2)), SOON).toEqual(byRate);
    await expect.poll(() => listed(page).then((all) => all.slice(0, 2)), SOON).toEqual(byRate);
    await page.reload();
    await expect.poll(() => names(page).then((all) => all.slice(0, 2)), SOON).toEqual(byRate);
    expect(new URL(page.url()).searchParams.get("sort")).toBe("rate");
  });

  test("stay where they are in the list while the pointer is over it", async () => {
    const broker = await testBroker();
    const clients = [];
    for (const uuid of ["a", "b"]) {
      const client = testClient({ uuid, name: `Service ${uuid}` });
      client.addEvent({ eventId: "READ", dataFormat: "integer" });
      await client.connect(broker.url);
      await client.register();
      clients.push(client);
    }
    const [a, b] = clients;
    await a?.publish("READ", 1);
    const page = await openConsole(browser, broker, "?sort=seen");
    await expect.poll(() => listed(page), SOON).toEqual(["a", "b"]);
    const list = page.getByRole("listbox", { name: "Services" });
    await list.hover();
    await b?.publish("READ", 1);
    // The table is sorted anew, so the list knows it too.
    await expect.poll(() => names(page), SOON).toEqual(["b", "a"]);
    expect(await listed(page)).toEqual(["a", "b"]);
    await page.locator("h1").hover();
    await expect.poll(() => listed(page), SOON).toEqual(["b", "a"]);
  });
});

test("what is now and what was counted since the start stand apart", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker);
  await shows(page.getByRole("region", { name: "Now" }), /1 of 1services connected.*calls waiting/s);
  const totals = page.getByRole("region", { name: "Since it started" });
  await shows(totals, /messages received1.*registrations1.*calls dropped0/s);
  await shows(totals.getByRole("heading"), /^Since it started [012] min ago$/);
});

async function historyLength(url: string): Promise<number> {
  const { samples } = await (await fetch(`${url}/broker/history`)).json();
  return samples.length;
}

/** The services of the table, by the letters of their names. */
async function names(page: Page): Promise<string[]> {
  const all = await page.locator(".service-table tbody a").allTextContents();
  return all.map((name) => name.replace("Service ", ""));
}

async function listed(page: Page): Promise<string[]> {
  const rows = page.getByRole("listbox", { name: "Services" }).getByRole("option");
  const all = await rows
    .locator(".service-name")
    .evaluateAll((found) =>
      found
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map(({ textContent }) => textContent),
    );
  return all.map((name) => (name ?? "").replace("Service ", ""));
}
