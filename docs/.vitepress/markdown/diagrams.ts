import { renderMermaidSVG } from "beautiful-mermaid";
import type MarkdownIt from "markdown-it";

/** A diagram that is wider than the page becomes smaller, down to this; then it scrolls. */
const SMALLEST = 0.7;

/** Draws Mermaid's diagrams when the site is built, in the colours of the theme: pages load no library for them. */
export function drawDiagrams(markdown: MarkdownIt): void {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.info.trim() !== "mermaid") {
      return fence?.(tokens, index, ...rest) ?? "";
    }
    const svg = renderMermaidSVG(token.content, {
      bg: "var(--vp-c-bg)",
      fg: "var(--vp-c-text-1)",
      transparent: true,
    });
    // It asks a service for a font; and Vue reads no <style> inside of a page.
    const [, width = ""] = /width="(\d+)/.exec(svg) ?? [];
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(svg) ?? [];
    const size = `width:100%;height:auto;min-width:${Number(width) * SMALLEST}px;max-width:${width}px`;
    const variables = [...style.matchAll(/(--_[\w-]+:[^;]+);/g)].map(([, variable]) => variable).join(";");
    const drawn = svg
      .replace(/<style>.*?<\/style>/s, "")
      .replace(/style="([^"]*)"/, `style="$1;${size};${variables}"`)
      .replace(/\n\s*\n/g, "\n");
    return `<div class="diagram" v-pre>${drawn}</div>\n`;
  };
}
