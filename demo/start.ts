// `npm run demo`: the broker, a press, a conveyor and a robot, and a dashboard.
import { randomBytes } from "node:crypto";
import { renderUnicodeCompact } from "uqr";
import { type Broker, type BrokerOptions, startBroker } from "../src/broker/index.ts";
import { endWith } from "./end.ts";
import { type DemoOptions, readOptions } from "./options.ts";
import { Plant } from "./plant/plant.ts";
import { networkAddresses, OWN_NAMES, urlOf } from "./server/addresses.ts";
import { PageServer } from "./server/page-server.ts";

const options = readOptions(process.argv.slice(2), process.env);
if ("text" in options) {
  (options.isError ? console.error : console.log)(options.text);
  process.exitCode = options.isError ? 2 : 0;
} else {
  await run(options).catch((error) => {
    console.error(`demo: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  });
}

async function run({ host, brokerPort, pagePort }: DemoOptions): Promise<void> {
  const page = await PageServer.listen(host ?? "127.0.0.1", pagePort);
  const networkUrls = networkAddresses(host).map((address) => urlOf(address, page.port));
  // Others reach it: their requests need a token, and their browsers have to be told which pages may use it.
  const token = host === undefined ? undefined : randomBytes(16).toString("hex");
  const own = host === undefined ? [] : [...networkUrls, ...OWN_NAMES.map((name) => urlOf(name, page.port))];
  const allowOrigins = own.map((url) => new URL(url).origin);
  const broker = await startBrokerOn(brokerPort, { host, token, allowOrigins });
  const plant = await Plant.start(broker);
  page.show(plant, { brokerPort: broker.port, token, networkUrls });

  endWith(async () => {
    await page.close();
    await plant.stop();
    await broker.close();
  });

  tellOther("broker", brokerPort, broker.port);
  tellOther("page", pagePort, page.port);
  const local = host === undefined || host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  console.log(`
A press, a conveyor and a robot talk over the development broker on ${broker.url}.

  Open the dashboard:          ${urlOf(local, page.port)}
  The same in one plain file:  ${urlOf(local, page.port, "/plain.html")}
  See what the broker does at: ${broker.url}/${token === undefined ? "" : `?token=${token}`}
`);
  tellNetwork(networkUrls);
  console.log("Ctrl+C ends everything.");
}

/** The URL is printed: another free port is as good as the usual one. */
async function startBrokerOn(port: number, options: BrokerOptions): Promise<Broker> {
  try {
    return await startBroker({ ...options, port });
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    if (cause?.code !== "EADDRINUSE") {
      throw error;
    }
    return startBroker(options);
  }
}

function tellOther(what: string, wantedPort: number, port: number): void {
  if (wantedPort !== 0 && wantedPort !== port) {
    console.log(`Port ${wantedPort} is taken by another program: the ${what} is on port ${port}.`);
  }
}

function tellNetwork(urls: readonly string[]): void {
  const [first] = urls;
  if (first !== undefined) {
    console.log(
      `From other machines of your network: ${urls.join("  ")}\n\n${renderUnicodeCompact(first)}\n`,
    );
  }
}
