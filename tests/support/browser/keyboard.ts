// What somebody does who has no pointer.
import type { Page } from "playwright-core";
import { expect } from "vitest";

export async function keys(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    await page.keyboard.press(name);
  }
}

/** Goes on by Tab until this has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let steps = 0; steps < 80; steps++) {
    const at = await focused(page);
    if (typeof name === "string" ? at === name : name.test(at)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come to ${name}.`);
}

/** The label or the text of what has the focus; it must be seen that it has. */
export async function focused(page: Page): Promise<string> {
  const { name, isSeen } = await page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    // A part of the picture shows it by its frame.
    const frame = element.querySelector(":scope > .port-hit");
    const name =
      element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    return {
      // At the end of the page it is the page that has the focus, and all that is written there is no name.
      name: element.tagName === "BODY" ? "" : (name ?? ""),
      isSeen:
        element.tagName === "BODY" ||
        element.tagName === "MAIN" ||
        (frame !== null && getComputedStyle(frame).strokeWidth === "2px") ||
        (outlineStyle !== "none" && outlineWidth !== "0px"),
    };
  });
  expect(isSeen, `${name} has a visible focus`).toBe(true);
  return name;
}
