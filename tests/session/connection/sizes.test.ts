import { describe, expect, it } from "vitest";
import type { SocketOptions } from "../../../src/index.ts";
import { settled } from "../../../src/testing/fake-clock.ts";
import { ScriptedSocket } from "../../../src/testing/scripted-socket.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";

/** What a client asks of its socket. */
async function asked(options: Parameters<typeof scriptedClient>[0]): Promise<SocketOptions> {
  const seen: SocketOptions[] = [];
  const { client } = scriptedClient({
    ...options,
    socket: (url, listener, socketOptions) => {
      seen.push(socketOptions);
      return new ScriptedSocket(url, listener);
    },
  });
  void client.connect(URL).catch(() => {});
  await settled();
  const [first] = seen;
  if (first === undefined) {
    throw new Error("nothing was dialled");
  }
  return first;
}

describe("what a socket has to take", () => {
  it.each([
    ["a million bytes with raw framing", { sockJsFraming: false, maxMessageSize: 1_000 }, 1_000_000],
    ["six times that with SockJS, and its frame", { maxMessageSize: 1_000 }, 6_000_005],
    ["more if more may be sent", { sockJsFraming: false, maxMessageSize: 2_000_000 }, 2_000_000],
  ])("%s", async (_, options, maxPayload) => {
    expect((await asked(options)).maxPayload).toBe(maxPayload);
  });

  it("is closed and verified as the options say; tls.checkHostname counts more", async () => {
    expect(await asked({ closeTimeout: 1_234 })).toMatchObject({
      closeTimeout: 1_234,
      hostnameVerification: true,
      tls: undefined,
    });
    expect(await asked({ hostnameVerification: false })).toMatchObject({ hostnameVerification: false });
    expect(await asked({ hostnameVerification: true, tls: { checkHostname: false } })).toMatchObject({
      hostnameVerification: false,
      tls: { checkHostname: false },
    });
  });
});

describe("a message of just maxMessageSize", () => {
  it("is sent, and one byte more is not", async () => {
    const { client, last, register } = scriptedClient({ sockJsFraming: false, maxMessageSize: 1_000 });
    const text = client.addEvent({ eventId: "T", dataFormat: "string" });
    // The self-description is smaller.
    await register();
    const empty = text.publish("");
    last().serverSends("IO_PUBLISHED");
    await empty;
    const room = 1_000 - (last().messages.at(-1)?.length ?? 0);
    const most = text.publish("ü".repeat(Math.floor(room / 2)) + "x".repeat(room % 2));
    await expect(text.publish("x".repeat(room + 1))).rejects.toMatchObject({ code: "TOO_LARGE" });
    last().serverSends("IO_PUBLISHED");
    await most;
    expect(new TextEncoder().encode(last().messages.at(-1))).toHaveLength(1_000);
  });
});
