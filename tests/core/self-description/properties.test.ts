import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { identityFromProperties, MsbClient, MsbDefinitionError } from "../../../src/index.ts";
import { settled } from "../../../src/testing/fake-clock.ts";
import { ScriptedServer } from "../../../src/testing/scripted-server.ts";

const TEXT = [
  "# the identity of the press",
  "! another comment",
  "msb.type=SmartObject",
  "msb.uuid = 6f1c2d7e-2a52",
  "msb.name : Pr\\u00e4sse \\= 7",
  "msb.description = a long \\",
  "    description",
  "msb.token t=o:k",
  "msb.url=wss://msb.example:8084/path",
  "other.key=ignored",
  "",
].join("\r\n");

const IDENTITY = {
  type: "SmartObject",
  uuid: "6f1c2d7e-2a52",
  name: "Prässe = 7",
  description: "a long description",
  token: "t=o:k",
  url: "wss://msb.example:8084/path",
};

/** A working directory with an application.properties. */
function folderWith(text: string, name = "application.properties"): string {
  const folder = mkdtempSync(join(tmpdir(), "msb-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  onTestFinished(() => void vi.restoreAllMocks());
  return folder;
}

describe("identityFromProperties", () => {
  it("reads comments, escapes, continuation lines, CRLF, and = and : inside values", () => {
    expect(identityFromProperties(TEXT)).toEqual(IDENTITY);
  });

  it("needs no msb.url", () => {
    expect(identityFromProperties(TEXT.replace("msb.url", "#"))).not.toHaveProperty("url");
  });

  it("names the file and every key that is missing or empty", () => {
    const read = (): unknown =>
      identityFromProperties("msb.uuid=\nmsb.name=n\nmsb.type=Application", "my.properties");
    expect(read).toThrow(
      new MsbDefinitionError("my.properties", [
        { path: "msb.uuid", message: "must not be empty" },
        { path: "msb.description", message: "is missing" },
        { path: "msb.token", message: "is missing" },
      ]),
    );
    expect(read).toThrow(
      /^my\.properties: msb\.uuid: must not be empty; msb\.description: is missing; msb\.token: is missing$/,
    );
  });
});

describe("new MsbClient from a file", () => {
  it("reads application.properties of the working directory, and its msb.url is where connect goes", async () => {
    folderWith(TEXT);
    const { url, ...fields } = IDENTITY;
    const { "@class": type, uuid, name, description, token } = new MsbClient().getSelfDescription();
    expect({ type, uuid, name, description, token }).toEqual(fields);

    const server = new ScriptedServer();
    const client = new MsbClient({
      propertiesFile: "application.properties",
      socket: server.socket,
      logLevel: "silent",
    });
    void client.connect();
    await settled();
    expect(server.last.url.startsWith(`${url}/websocket/data/`)).toBe(true);
    await client.disconnect();
  });

  it("reads another file, and what the program gives stands above it", () => {
    const folder = folderWith(TEXT, "press.properties");
    const byPath = new MsbClient({ propertiesFile: join(folder, "press.properties"), name: "Mine" });
    expect(byPath.getSelfDescription()).toMatchObject({ name: "Mine", uuid: IDENTITY.uuid });
  });

  it("that is not there: names the path, and what to do", () => {
    const folder = folderWith(TEXT, "other.properties");
    expect(() => new MsbClient()).toThrow(
      `${join(folder, "application.properties")}: cannot be read (ENOENT`,
    );
    expect(() => new MsbClient()).toThrow(
      "Create it with msb.type, msb.uuid, msb.name, msb.description and msb.token",
    );
  });

  it("with a wrong type in it", () => {
    folderWith(TEXT.replace("SmartObject", "Robot"));
    expect(() => new MsbClient()).toThrow(
      'type: must be one of SmartObject, Application, Gateway, not "Robot"',
    );
  });

  it("on a platform without files", () => {
    vi.stubGlobal("process", undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(() => new MsbClient()).toThrow(/cannot be read here.*identityFromProperties\(\)/);
  });
});

it("connect without a URL anywhere", async () => {
  const { url: _, ...fields } = IDENTITY;
  const client = new MsbClient({ ...fields, type: "SmartObject", logLevel: "silent" });
  await expect(client.connect()).rejects.toMatchObject({
    code: "INVALID_URL",
    message:
      "There is no URL to connect to. Give it to connect(), as the option url, or as msb.url in application.properties.",
  });
});
