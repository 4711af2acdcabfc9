import { PLACEHOLDER } from "./placeholder.ts";

const MODULE = new RegExp(`<script type="module" src="${PLACEHOLDER}([^"]+)"></script>\\s*`, "g");

/** A page whose links, pictures, styles and scripts are found from where it is itself. */
export function relativePage(html: string, root: string, assets: string): string {
  const modules = [...html.matchAll(MODULE)].map(([, path]) => path);
  const app = modules.find((path) => path?.startsWith(`${assets}/app.`));
  const scripts = [`${assets}/start.js`, ...modules.filter((path) => path !== app), `${assets}/system.js`];
  return (
    html
      .replace(MODULE, "")
      .replace(/<link rel="modulepreload"[^>]*>\s*/g, "")
      // Only a server makes index.html of a folder.
      .replace(/ href="(\/[^"]*\/|\.{1,2}\/(?:[^"#]*\/)?)(#[^"]*)?"/g, ' href="$1index.html$2"')
      .replaceAll(`"${PLACEHOLDER}`, `"${root}`)
      .replaceAll(PLACEHOLDER.replaceAll("/", "_"), "_")
      .replace(
        "</body>",
        `${scripts.map((path) => `<script src="${root}${path}"></script>`).join("")}` +
          `<script>System.import("${root}${app}")</script></body>`,
      )
  );
}
