import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const README = fileURLToPath(new URL("../../../README.md", import.meta.url));
const BROKER_URL = "http://127.0.0.1:8085";

/** The sample of the README under `<!-- test: NAME -->`, with the broker of the test instead of the usual one. */
export async function readmeSample(name: string, brokerUrl: string): Promise<string> {
  const text = await readFile(README, "utf8");
  const sample = new RegExp(`<!-- test: ${name} -->\\n\`\`\`\\w+\\n(.*?)\`\`\``, "s").exec(text)?.[1];
  if (sample === undefined) {
    throw new Error(`The README has no sample ${name}.`);
  }
  if (!sample.includes(BROKER_URL)) {
    throw new Error(`The sample ${name} does not connect to ${BROKER_URL}.`);
  }
  return sample.replaceAll(BROKER_URL, brokerUrl);
}
