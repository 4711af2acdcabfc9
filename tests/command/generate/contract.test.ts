import { expect, test } from "vitest";
import { generateContract } from "../../../src/command/generate/generate-contract.ts";
import { contractsIn, describeImplementation, runModule } from "../../support/command/generate/generated.ts";
import { meaningOf } from "../../support/command/generate/normalise.ts";
import { OF_OTHERS } from "../../support/command/generate/self-descriptions.ts";

/** A service, and those behind it. */
function servicesOf(description: { services?: object[] }): object[] {
  return [description, ...(description.services ?? []).flatMap(servicesOf)];
}

test.each(OF_OTHERS)("$client: the contract says what the self-description says", ({ selfDescription }) => {
  const { source } = generateContract(selfDescription);
  const contracts = contractsIn(runModule(source));
  expect(contracts.map((each) => meaningOf(describeImplementation(each)))).toEqual(
    servicesOf(selfDescription).map(meaningOf),
  );
});
