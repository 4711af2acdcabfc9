import { type Flow, isOutdated, isSame, readId } from "./existing-flow.ts";
import type { FlowDocument } from "./flow-document.ts";
import { type FlowRequest, readFlow, readList } from "./management.ts";

/** A flow, and what `deployFlows()` did with it. */
export interface DeployedFlow {
  readonly name: string;
  /**
   * `created`; `updated`: was there with another mapping, that of an older contract, or more than once, and is there once and as it
   * should be now; `deployed`: was there, but not deployed; `present`: was there, and nothing was done.
   */
  readonly status: "created" | "updated" | "deployed" | "present";
}

/** Creates and deploys the flows that are not there, or not as they should be, one after the other. */
export async function deployFlows(
  request: FlowRequest,
  documents: readonly FlowDocument[],
  owner: string,
): Promise<DeployedFlow[]> {
  const existing = readList(await request("GET", `customer/${encodeURIComponent(owner)}`));
  // Of several that do the same, one that runs is found first.
  existing.sort((one, other) => Number(isRunning(other)) - Number(isRunning(one)));
  const done: DeployedFlow[] = [];
  for (const document of documents) {
    done.push(await deployFlow(document, existing, request));
  }
  return done;
}

/**
 * Nothing is deployed if a flow that does the same runs already, whatever it is called: the function would run twice. If none runs,
 * that of the name goes before another one, which somebody may have stopped on purpose.
 */
async function deployFlow(
  document: FlowDocument,
  existing: readonly Flow[],
  request: FlowRequest,
): Promise<DeployedFlow> {
  const { name } = document;
  const pathOf = (flow: Flow): string => encodeURIComponent(readId(name, flow["id"]));
  const named = existing.filter((flow) => flow["name"] === name);
  const own = named.find((flow) => !isOutdated(flow, document));
  const same = existing.find((flow) => isSame(flow, document));
  const present = [own, same].find((flow) => flow !== undefined && isRunning(flow)) ?? own ?? same;
  const wrong = named.filter((flow) => flow !== own);
  if (present === undefined && wrong.length === 0) {
    await request("POST", "create/deploy", document);
    return { name, status: "created" };
  }
  // Only created at first: two would run. And if that is refused, the one that is there still runs.
  const right = present ?? readFlow(await request("POST", "create", document));
  const isStopped = present === undefined || !isRunning(present);
  const deploy = isStopped ? `${pathOf(right)}/deploy` : undefined;
  for (const flow of wrong) {
    await request("DELETE", pathOf(flow));
  }
  if (deploy !== undefined) {
    await request("PUT", deploy);
  }
  return { name, status: wrong.length > 0 ? "updated" : isStopped ? "deployed" : "present" };
}

/** One of which the management does not tell is taken for one that runs. */
function isRunning(flow: Flow): boolean {
  return flow["deployed"] !== false;
}
