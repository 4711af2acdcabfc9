import { describe, expect, test } from "vitest";
import { BareClient } from "../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, shows } from "../support/browser/console.ts";
import { register, traceRows as rows, traceDetails, traceList } from "../support/browser/trace.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

describe("the trace", () => {
  test("shows messages as they come; one that is chosen whole", async () => {
    const broker = await testBroker();
    const client = await register(broker, "u1");
    const page = await openConsole(browser, broker);
    client.send(eventMessage("u1", { dataObject: "one", correlationId: "c1" }));
    // The answer stands in the row of its message, and nowhere else.
    await shows(rows(page), /^\d\d:\d\d:\d\d\.\d{3}E✓[<\d.]+ms(?:u1|Service u1)E1one$/m);
    await expect.poll(() => rows(page).filter({ hasText: "IO_PUBLISHED" }).count()).toBe(0);
    await rows(page).filter({ hasText: "one" }).click();
    const details = traceDetails(page);
    await shows(details, /✓ IO_PUBLISHED after [<\d.]+ms/);
    await shows(details, /E \{\n {2}"uuid": "u1".*"dataObject": "one"/s);
    // By the arrow keys, the one before: the registration.
    await page.keyboard.press("ArrowUp");
    await shows(details, "IO_REGISTERED");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Show everything with its correlation id" }).click();
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  test("begins a name that is written from right to left where it begins, and not where it ends", async () => {
    const broker = await testBroker();
    const name = "آلة الكبس رقم سبعة في قاعة الإنتاج الكبيرة الشمالية";
    const client = await BareClient.connect(broker.url, "raw");
    await client.register(describeService("u1", { name }));
    client.send(eventMessage("u1", { dataObject: { state: "شغال", celsius: 21 } }));
    const page = await openConsole(browser, broker);
    const row = rows(page).filter({ hasText: "celsius" });
    await shows(row, name);
    const places = ["aside .service-name", ".trace .row:has(.kind-E) .who"].map((selector) =>
      page.locator(selector).evaluate((place) => {
        const { left, right } = place.getBoundingClientRect();
        const at = (index: number) => {
          const range = document.createRange();
          range.setStart(place.firstChild as Node, index);
          range.setEnd(place.firstChild as Node, index + 1);
          const letter = range.getBoundingClientRect();
          return letter.left >= left - 1 && letter.right <= right + 1;
        };
        return { first: at(0), last: at((place.textContent ?? "").length - 1) };
      }),
    );
    expect(await Promise.all(places)).toEqual([
      { first: true, last: false },
      { first: true, last: false },
    ]);
    // A value takes nothing along that stands after it.
    const leftOf = (word: string) =>
      row.locator(".text").evaluate((text, wanted) => {
        const range = document.createRange();
        const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
          const index = node.textContent?.indexOf(wanted) ?? -1;
          if (index !== -1) {
            range.setStart(node, index);
            range.setEnd(node, index + wanted.length);
            return range.getBoundingClientRect().left;
          }
        }
        return Number.NaN;
      }, word);
    expect(await leftOf("celsius")).toBeGreaterThan(await leftOf("شغال"));
    expect(await leftOf("21")).toBeGreaterThan(await leftOf("celsius"));
  });

  test("is filtered by kind, service and text", async () => {
    const broker = await testBroker();
    const [one, two] = await Promise.all([register(broker, "u1"), register(broker, "u2")]);
    one.send(eventMessage("u1", { dataObject: "red" }), eventMessage("u1", { dataObject: "blue" }));
    two.send(eventMessage("u2", { dataObject: "red" }));
    await broker.waitForEvent({ uuid: "u2" }).catch(() => {});
    const page = await openConsole(browser, broker);
    await page.getByRole("button", { name: "E", exact: true }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
    await page.getByRole("button", { name: "R", exact: true }).click();
    await expect.poll(() => rows(page).count()).toBe(5);
    await page.getByRole("button", { name: "R", exact: true }).click();
    await page.getByLabel("Text", { exact: true }).fill("RED");
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.getByLabel("Service", { exact: true }).fill("u1");
    await page.keyboard.press("Enter");
    await expect.poll(() => rows(page).count()).toBe(1);
    one.send(eventMessage("u1", { dataObject: "dark red" }), eventMessage("u1", { dataObject: "green" }));
    await shows(rows(page), "dark red");
    expect(await rows(page).count()).toBe(2);
    await page.getByLabel("Text", { exact: true }).fill("violet");
    await page.getByText("No message fits the filter yet.").waitFor();
    await page.getByRole("button", { name: "No filter" }).click();
    await shows(rows(page), "green");
  });

  test("keeps what is typed into its filter while that takes effect", async () => {
    const page = await openConsole(browser, await testBroker());
    const field = page.getByLabel("Text", { exact: true });
    // Somebody goes on typing at just this moment.
    await page.evaluate(() => {
      const replaceState = history.replaceState.bind(history);
      history.replaceState = (data, unused, url) => {
        replaceState(data, unused, url);
        if (String(url).includes("trace-text=a#") || String(url).endsWith("trace-text=a")) {
          const input = document.querySelector<HTMLInputElement>(".trace-filters input[type=search]");
          if (input !== null) {
            input.value = "ab";
            input.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }
      };
    });
    await field.fill("a");
    await expect.poll(() => new URL(page.url()).searchParams.get("trace-text")).toBe("ab");
    expect(await field.inputValue()).toBe("ab");
    await page.getByRole("button", { name: "No filter" }).click();
    await expect.poll(() => field.inputValue()).toBe("");
  });

  test("pauses, says what came meanwhile, and goes on", async () => {
    const broker = await testBroker();
    const client = await register(broker, "u1");
    const page = await openConsole(browser, broker);
    await expect.poll(() => rows(page).count()).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Pause" }).click();
    const before = await rows(page).count();
    client.send(eventMessage("u1"));
    // The event; its answer stands in its row.
    await shows(page.locator(".sampling"), "paused, 1 new");
    expect(await rows(page).count()).toBe(before);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => rows(page).count()).toBe(before + 1);
    await shows(rows(page), /E✓[<\d.]+ms/);
    await page.getByRole("button", { name: "Clear" }).click();
    await expect.poll(() => rows(page).count()).toBe(0);
  });
});

describe("many", () => {
  test("1,000 services and 1,000 messages per second: few nodes, and it answers", async () => {
    const broker = await testBroker();
    const clients: BareClient[] = [];
    for (let i = 0; i < 1_000; i += 50) {
      const names = Array.from({ length: 50 }, (_, index) => `s${String(i + index).padStart(4, "0")}`);
      clients.push(...(await Promise.all(names.map((name) => register(broker, name)))));
    }
    const page = await openConsole(browser, broker);
    await shows(page.locator("aside.services h2"), "1,000");
    const timer = setInterval(() => {
      for (const [index, client] of clients.slice(0, 20).entries()) {
        client.send(eventMessage(`s${String(index).padStart(4, "0")}`));
      }
    }, 40);
    try {
      await shows(page.locator(".sampling"), /sampled: \d+ of [\d,]+ per second are shown · [\d,]+ left out/);
      const list = page.getByRole("listbox", { name: "Services" });
      await list.press("End");
      await shows(list, "Service s0999");
      await list.evaluate((element) => {
        element.scrollTop = element.scrollHeight / 2;
      });
      await shows(list, "Service s0500");
      let fastest = Number.POSITIVE_INFINITY;
      // A page that is slow by itself is so each time; one that others on the machine have slowed down is not.
      for (const name of ["s0777", "s0333", "s0555"]) {
        const start = performance.now();
        await page.getByLabel("Search for a name or a uuid").fill(name);
        await list.getByRole("option").filter({ hasText: name }).click();
        await shows(page.locator("main h2"), `Service ${name}`);
        fastest = Math.min(fastest, performance.now() - start);
        if (fastest < 5_000) {
          break;
        }
      }
      expect(fastest).toBeLessThan(5_000);
      expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(1_500);
      // The end stays in sight while it grows; whoever scrolls up reads on undisturbed.
      const seen = () =>
        page.getByRole("listbox", { name: "Messages" }).evaluate((element) => {
          const { left, top } = element.getBoundingClientRect();
          return document
            .elementFromPoint(left + 20, top + 12)
            ?.closest(".row")
            ?.getAttribute("aria-posinset");
        });
      const before = await seen();
      await expect.poll(seen).not.toBe(before);
      const place = () => traceList(page).evaluate(({ scrollTop }) => scrollTop);
      await expect.poll(place).toBeGreaterThan(2_000);
      await traceList(page).hover();
      const waiting = () => page.getByRole("button", { name: /^↓ [\d,]+ new$/ }).textContent();
      const count = await waiting();
      const end = await place();
      await page.mouse.wheel(0, -2_000);
      await expect.poll(place).toBe(end - 2_000);
      const held = await seen();
      expect(held).toMatch(/^\d+$/);
      await expect.poll(waiting).not.toBe(count);
      expect(await seen()).toBe(held);
    } finally {
      clearInterval(timer);
    }
  }, 60_000);
});
