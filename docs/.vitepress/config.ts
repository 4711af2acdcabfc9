import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { classicScripts, makeRelative, PLACEHOLDER } from "./folder/index.ts";
import { drawDiagrams } from "./markdown/diagrams.ts";
import { keepInside } from "./markdown/links-outside.ts";
import { leaveRoomForSentences } from "./markdown/tables.ts";
import { search } from "./search.ts";
import { sidebar } from "./sidebar.ts";

const DESCRIPTION =
  "TypeScript client for the VFK Manufacturing Service Bus (MSB), for browsers and Node.js, with a development broker";

// Vite calls it with its command: what is built is opened from any folder, what is being written is served at the root.
export default ({ command }: { command: string }) =>
  defineConfig({
    title: "msb-client-websocket",
    description: DESCRIPTION,
    lang: "en",
    base: command === "build" ? PLACEHOLDER : "/",
    outDir: "../reports/docs",
    metaChunk: true,
    head: [
      [
        "link",
        { rel: "icon", type: "image/svg+xml", href: `${command === "build" ? PLACEHOLDER : "/"}logo.svg` },
      ],
    ],
    markdown: {
      theme: { light: "github-light-high-contrast", dark: "github-dark" },
      // Anchors as Git hosts make them: a document is read in both places.
      anchor: { slugify: slug },
      toc: { slugify: slug },
      headers: { slugify: slug },
      config: (markdown) => {
        drawDiagrams(markdown);
        keepInside(markdown);
        leaveRoomForSentences(markdown);
      },
    },
    // Servers of the reader, which the documents tell to start.
    ignoreDeadLinks: "localhostLinks",
    // Prefetching asks for modules in a way that pages opened from a folder may not.
    router: { prefetchLinks: false },
    vite: {
      plugins: [classicScripts()],
      build: { chunkSizeWarningLimit: 2_000 },
    },
    buildEnd: ({ outDir, assetsDir }) => makeRelative(outDir, assetsDir),
    themeConfig: {
      logo: "/logo.svg",
      search,
      outline: [2, 3],
      docFooter: { prev: false, next: false },
      nav: [
        { text: "How the MSB works", link: "/how-the-msb-works" },
        { text: "Tutorial", link: "/tutorial" },
        { text: "Guides", link: "/guides/node-service", activeMatch: "/guides/" },
        { text: "Reference", link: "/reference/options", activeMatch: "/reference/" },
        { text: "API", link: "/api/", activeMatch: "/api/" },
      ],
      sidebar: sidebar(),
    },
  });
