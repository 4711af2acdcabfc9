import type { Browser } from "playwright-core";

/** A picture of what a command has printed. */
export async function pictureOfTerminal(browser: Browser, command: string, output: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 820, height: 600 } });
  await page.setContent(
    `<body style="margin:0"><pre style="margin:0;padding:16px 20px;background:#1d2329;color:#e3e8ed;font:15px/1.45 monospace;white-space:pre-wrap"></pre>`,
  );
  await page.locator("pre").evaluate((pre, text) => {
    pre.textContent = text;
  }, `$ ${command}\n${output.trimEnd()}`);
  const png = await page.locator("pre").screenshot();
  await page.close();
  return png;
}
