import type { SelfDescription } from "../../core/self-description/index.ts";
import { throwIssues } from "../../core/validation/issues.ts";
import { abortable } from "../../support/abort.ts";
import { MsbError } from "../../support/errors.ts";
import { ignore } from "../../support/ignore.ts";
import type { UnheardFailures } from "../../support/unheard-failures.ts";
import type { AnyContract, ContractClient, ContractService } from "../contract/contract.ts";
import { findTaken } from "../contract/taken.ts";
import { type CounterpartNames, readCounterpartOptions } from "./counterpart-options.ts";
import { type DeployedFlow, deployFlows } from "./deploy-flows.ts";
import { type DeployFlowsOptions, readDeployFlowsOptions } from "./deploy-flows-options.ts";
import {
  type FlowDocument,
  type FlowDocumentOptions,
  readFlowDocumentOptions,
  writeFlowDocument,
} from "./flow-document.ts";
import type { MachineFlow } from "./flows.ts";
import { managementOf } from "./management.ts";
import { type CounterpartPlan, planCounterpart } from "./plan.ts";

/** A counterpart, whatever its contract: which machine it is, and the flows between it and this service. */
export abstract class AnyCounterpart {
  readonly contract: AnyContract;
  /** The uuid of the machine. */
  readonly uuid: string;
  /** @internal */
  protected readonly plan: CounterpartPlan;
  /** @internal */
  protected isRemoved = false;
  readonly #failures: UnheardFailures;
  readonly #options: CounterpartNames;
  readonly #self: SelfDescription;
  /** Settles with the last call of `deployFlows()`: two at a time would create each flow twice, and both would run. */
  #deploying = Promise.resolve();

  /** @internal */
  constructor(service: ContractService, client: ContractClient, contract: AnyContract, options: unknown) {
    this.#options = readCounterpartOptions(options);
    this.contract = contract;
    this.uuid = this.#options.uuid;
    this.#failures = client.failures;
    this.#self = service.selfDescription;
    this.plan = planCounterpart(contract, this.#self.identity.uuid, this.#options);
    const { received, called } = this.plan;
    const taken = findTaken(
      this.#self,
      [
        ["functions", received.map((each) => each.function.functionId)],
        ["events", called.map(({ event }) => event.eventId)],
      ],
      "give the option id another value",
    );
    throwIssues("counterpart()", taken);
  }

  /** The name of the machine, for people and error messages. */
  get name(): string {
    return this.#options.name;
  }

  /**
   * The flows that it needs, one for each event and each function of the machine. The development broker's `addFlow()` takes
   * them.
   * @example
   * for (const flow of machine.flows) {
   *   broker.addFlow(flow);
   * }
   */
  get flows(): readonly MachineFlow[] {
    return this.plan.flows.map(({ flow }) => flow);
  }

  /**
   * The same as documents of the MSB, for `POST /integrationFlow/create/deploy` of its management.
   * @throws {MsbError} `INVALID_DEFINITION` for a wrong option.
   * @example
   * console.log(JSON.stringify(machine.flowDocuments({ owner: "uuid of the user" }), null, 2));
   */
  flowDocuments(options: FlowDocumentOptions = {}): FlowDocument[] {
    return this.#writeFlowDocuments(readFlowDocumentOptions("flowDocuments()", options));
  }

  /**
   * Creates and deploys those flows at an MSB, or the development broker, by its management. A flow that exists already, under its
   * name or another one, is left as it is, and deployed if none that does the same is. One of its name that maps in another way is replaced.
   *
   * Rejects with `CONNECT_FAILED` if the management cannot be reached, with `REFUSED` if it answers with an error or redirects,
   * and with `BAD_MESSAGE` if it does not answer with a list of flows; with `INVALID_URL`, `INVALID_DEFINITION` for a wrong
   * option, with `ABORTED`, and with `UNKNOWN_FUNCTION` after `remove()`.
   * @param restUrl http:// or https:// URL of the management of flows; the development broker serves it on all its ports
   * @example
   * for (const { name, status } of await machine.deployFlows("http://127.0.0.1:8085")) {
   *   console.log(`${name}: ${status}`); // created, updated, deployed or present
   * }
   */
  deployFlows(restUrl: string, options: DeployFlowsOptions = {}): Promise<DeployedFlow[]> {
    return this.#failures.observe(async () => {
      this.requirePresent("UNKNOWN_FUNCTION");
      const given = readDeployFlowsOptions("deployFlows()", options);
      const { owner = this.#self.identity.uuid, headers, signal } = given;
      const request = managementOf(restUrl, headers, signal);
      const before = this.#deploying;
      const deployed = abortable(before, signal, "deployFlows()").then(() => {
        // It may have been removed while this waited for another one.
        this.requirePresent("UNKNOWN_FUNCTION");
        return deployFlows(request, this.#writeFlowDocuments(given), owner);
      });
      this.#deploying = deployed.then(ignore, ignore).then(() => before);
      return deployed;
    });
  }

  /** @internal @throws {MsbError} after `remove()`. */
  protected requirePresent(code: "UNKNOWN_EVENT" | "UNKNOWN_FUNCTION"): void {
    if (this.isRemoved) {
      const remedy = "Make another one with counterpart().";
      throw new MsbError(code, `The counterpart of ${this.name} was removed.`, { remedy });
    }
  }

  #writeFlowDocuments(options: FlowDocumentOptions): FlowDocument[] {
    const ends = {
      self: this.#self.identity,
      machine: this.#options,
      owner: options.owner ?? this.#self.identity.uuid,
      withPostDate: options.withPostDate ?? false,
    };
    return this.plan.flows.map((planned) => writeFlowDocument(planned, ends));
  }

  /**
   * {@link Counterpart.remove}
   * @example
   * const counterparts: AnyCounterpart[] = [machine];
   * counterparts.forEach((each) => each.remove());
   */
  abstract remove(): void;
}
