import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBroker } from "../../src/broker/index.ts";
import { installPackage, packPackage, sameVersion } from "../support/package/package.ts";
import { makeAuthority } from "../support/servers/certificates.ts";
import type { RuntimeContext } from "./case.ts";
import { installTools } from "./tools.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Puts everything in place that cases need; it goes with `dispose`. */
export async function makeContext(): Promise<RuntimeContext & AsyncDisposable> {
  const tools = await installTools();
  // Below the tools, so that projects find them as they find the package.
  const folder = await mkdtemp(join(tools.folder, "run-"));
  const { tarball } = await packPackage(folder);
  await installPackage(folder, tarball, ["zod", "level"].map(sameVersion));
  const authority = await makeAuthority();
  const ca = join(folder, "ca.pem");
  await writeFile(ca, authority.cert);
  const broker = await startBroker({ tls: { ...(await authority.issue()), port: 0 } });
  const [http = "", https = ""] = broker.urls;
  return {
    broker,
    http,
    https,
    authority,
    ca,
    folder,
    tools,
    async copy(path) {
      const target = join(folder, basename(path));
      await cp(join(HERE, path), target, { recursive: true });
      return target;
    },
    async [Symbol.asyncDispose]() {
      await broker.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
