import { scriptedClient } from "./scripted-client.ts";

/** A registered client with a parameter, and the R that were sent on the newest socket. */
export async function registeredClient(options: Parameters<typeof scriptedClient>[0] = {}) {
  const scripted = scriptedClient(options);
  const limit = scripted.client.addConfigParameter("limit", 1, "int32");
  await scripted.register();
  return {
    ...scripted,
    limit,
    registrations: () => scripted.last().messages.filter((message) => message.startsWith("R ")),
    serverConfigures: (value: number) =>
      scripted.last().serverSends(`K {"uuid":"${scripted.client.uuid}","params":{"limit":${value}}}`),
  };
}
