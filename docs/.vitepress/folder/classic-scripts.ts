import type { Plugin } from "vite";

/**
 * Browsers load no ES modules from a folder (`file:`), but they load scripts. So the scripts of pages are written in the format of
 * SystemJS, which fetches them by `<script>`. What renders the pages while they are built stays as it is.
 */
export function classicScripts(): Plugin {
  let isOfPages = false;
  return {
    name: "classic-scripts",
    apply: "build",
    configResolved: ({ build }) => {
      isOfPages = !build.ssr;
    },
    outputOptions: (options) => (isOfPages ? { ...options, format: "system" } : options),
  };
}
