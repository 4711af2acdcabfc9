import { nameOf } from "../data/broker-state.ts";
import { pathOf } from "../data/route.ts";
import { isolate } from "../format/isolate.ts";

/** The name of a service, which leads to it. */
export function ServiceLink({ uuid }: { readonly uuid: string }) {
  return <a href={pathOf({ view: "service", uuid })}>{isolate(nameOf(uuid))}</a>;
}
