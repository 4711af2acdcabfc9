// How a picture gets into docs/images.
import { mkdir, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const IMAGES = `${ROOT}docs/images`;

/** With 1 Chromium writes a WebP without any loss; less for what would be too large so. */
const QUALITIES = [1, 0.95, 0.9, 0.8];

/** Writes a picture, and fails if it is larger than people want to load. @param name without the ending */
export async function save(browser: Browser, name: string, png: Buffer, maxBytes: number): Promise<void> {
  let webp: Buffer = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    webp = await toWebp(browser, png, quality);
    if (webp.length <= maxBytes) {
      break;
    }
  }
  if (webp.length > maxBytes) {
    throw new Error(`${name} has ${webp.length} bytes, more than ${maxBytes}.`);
  }
  await mkdir(IMAGES, { recursive: true });
  const path = `${IMAGES}/${name}.webp`;
  await writeFile(path, webp);
  console.log(`${relative(ROOT, path)}: ${Math.round(webp.length / 1_000)} kB`);
}

/** Several pictures as one, side by side or below each other, with a line between them. */
export async function compose(
  browser: Browser,
  direction: "row" | "column",
  pngs: readonly Buffer[],
): Promise<Buffer> {
  const page = await browser.newPage();
  const images = pngs.map((png) => `<img src="${dataUrl(png)}">`).join("");
  await page.setContent(
    `<body style="margin:0"><div style="display:inline-flex;flex-direction:${direction};gap:2px;background:#c8d1da">${images}</div>`,
  );
  const composed = await page.locator("div").screenshot();
  await page.close();
  return composed;
}

/** What is around these elements, wherever on the page they are. */
export async function screenshotAround(page: Page, ...elements: readonly Locator[]): Promise<Buffer> {
  const MARGIN = 8;
  // A click may have scrolled to what it clicks; what sticks to the top of the window would then be in the picture.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const boxes = await Promise.all(
    elements.map((element) =>
      element.evaluate((each) => {
        const { left, top, right, bottom } = each.getBoundingClientRect();
        return { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
      }),
    ),
  );
  const x = Math.max(0, Math.min(...boxes.map(({ left }) => left)) - MARGIN);
  const y = Math.max(0, Math.min(...boxes.map(({ top }) => top)) - MARGIN);
  const width = Math.max(...boxes.map(({ right }) => right)) + MARGIN - x;
  const height = Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN - y;
  return page.screenshot({ fullPage: true, clip: { x, y, width, height } });
}

async function toWebp(browser: Browser, png: Buffer, quality: number): Promise<Buffer> {
  const page = await browser.newPage();
  const url = await page.evaluate(
    async ([source, quality]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext("2d")?.drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", quality);
    },
    [dataUrl(png), quality] as const,
  );
  await page.close();
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

function dataUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString("base64")}`;
}
