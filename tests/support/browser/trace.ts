import type { Locator, Page } from "playwright-core";
import type { Broker } from "../../../src/broker/index.ts";
import { BareClient } from "../broker/bare-client.ts";
import { describeService } from "../broker/describe.ts";

/** The list of the trace. */
export function traceList(page: Page): Locator {
  return page.getByRole("listbox", { name: "Messages" });
}

/** Its rows, as far as they are in sight. */
export function traceRows(page: Page): Locator {
  return traceList(page).getByRole("option");
}

/** The message that was chosen. */
export function traceDetails(page: Page): Locator {
  return page.getByRole("complementary", { name: "Message" });
}

export async function register(broker: Broker, uuid: string): Promise<BareClient> {
  return (await BareClient.connect(broker.url, "raw")).register(describeService(uuid));
}
