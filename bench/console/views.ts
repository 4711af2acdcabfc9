import type { Page } from "playwright-core";

/** What is looked at while the messages pass. */
export interface View {
  readonly title: string;
  readonly path: string;
  /** After its path has been opened. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export const VIEWS: readonly View[] = [
  { title: "overview", path: "#/overview" },
  { title: "one service", path: "#/service/load-0000" },
  { title: "flows", path: "#/flows" },
  { title: "trace", path: "#/trace" },
  {
    title: "trace, filtered",
    path: "#/trace",
    prepare: (page) => page.getByPlaceholder("Contains…").fill("celsius"),
  },
];
