import { documentSample } from "../docs/document-sample.ts";

/** Where the README says that the broker is. */
const PORT = ":8085";

/** The sample of the README under `<!-- test: NAME -->`, with the broker of the test instead of the usual one. */
export async function readmeSample(name: string, brokerUrl: string): Promise<string> {
  const sample = await documentSample("README.md", name);
  if (!sample.includes(PORT)) {
    throw new Error(`The sample ${name} does not connect to ${PORT}.`);
  }
  return sample.replaceAll(PORT, `:${new URL(brokerUrl).port}`);
}

/** What the README says that a program prints. */
export function readmeOutput(name: string): Promise<string> {
  return documentSample("README.md", name);
}
