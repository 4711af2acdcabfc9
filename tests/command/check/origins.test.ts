import { expect, test } from "vitest";
import { CheckContext } from "../../../src/command/check/context.ts";
import type { Finding } from "../../../src/command/check/finding.ts";
import { origins } from "../../../src/command/check/probes/origins.ts";
import { readTarget } from "../../../src/command/check/target.ts";
import { testBroker } from "../../support/setup.ts";

// It said that pages may not connect, as they should not: nobody could.
test.each([[[]], [["https://app.example"]]])(
  "an MSB that has gone away says nothing about pages (--origin %j)",
  async (asked) => {
    const broker = await testBroker();
    const target = readTarget(broker.url, { tls: undefined, answerTime: 1_000 });
    await broker.close();
    const findings: Finding[] = [];
    for await (const finding of origins.run(new CheckContext(target, { origins: asked, token: undefined }))) {
      findings.push(finding);
    }
    expect(findings).toMatchObject([
      { status: "problem", found: expect.stringMatching(/^nobody answers any more: .*ECONNREFUSED/) },
    ]);
  },
);
