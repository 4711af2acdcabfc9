import { expect, it } from "vitest";
import { compileSamples } from "../support/docs/compile-examples.ts";
import { documentSample } from "../support/docs/document-sample.ts";

it("docs/guides/stores.md shows the interface as it is", { timeout: 60_000 }, async () => {
  const shown = await documentSample("docs/guides/stores.md", "event-store");
  const compare = `
    import type { EventStore as Real, StoreChange, StoreKeys, StorePage } from "msb-client-websocket";
    ${shown}
    export const isReal = (store: EventStore): Real => store;
    export const isShown = (store: Real): EventStore => store;
    export const hasAll: keyof EventStore extends keyof Real ? (keyof Real extends keyof EventStore ? true : false) : false = true;
  `;
  const [asItIs, changed] = compileSamples([compare, compare.replace("limit: number", "limit: string")]);
  expect(asItIs).toEqual([]);
  expect(changed).not.toEqual([]);
});
