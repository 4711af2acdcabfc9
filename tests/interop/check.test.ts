import { beforeAll, expect, test } from "vitest";
import { setUpSpring } from "../../scripts/interop/spring.ts";
import { finding, named, report } from "../support/command/run-check.ts";
import { chosenLanguages } from "../support/interop/languages.ts";
import { startSpring } from "../support/interop/spring-server.ts";

const isChosen = chosenLanguages().chosen.some(({ language }) => language === "java");

let classPath: string;
// Downloads, the first time.
beforeAll(async () => {
  if (isChosen) {
    classPath = await setUpSpring();
  }
}, 300_000);

test.runIf(isChosen)("check finds out what Spring's SockJS does", { timeout: 90_000 }, async () => {
  const url = await startSpring(classPath);
  const allowed = ["--origin", url, "--origin", "https://page.example"];
  const found = await report(url, "--sizes", ...allowed);

  expect(finding(found, "Interface", "SockJS info").found).toMatch(/^websocket: true, wants a cookie/);
  expect(finding(found, "Interface", "raw framing").status).toBe("ok");
  expect(finding(found, "Registration", "data formats").status).toBe("ok");
  expect(finding(found, "Events", "answers in order").found).toMatch(/^10 answers to 10 events, one by one/);
  expect(finding(found, "Events", "several in one frame").found).toMatch(
    /^10 events in one frame, 10 IO_PUBLISHED \(one in a frame\)/,
  );
  expect(finding(found, "Refusals", "frame that is not JSON").found).toMatch(
    /code 1007, after the SockJS frame c\[1007,""\]$/,
  );
  expect(finding(found, "Heartbeat", "SockJS framing").found).toMatch(/^h after 2[4-9]\.\d s$/);
  expect(finding(found, "Heartbeat", "raw framing").found).toMatch(/^none in 30 s/);
  for (const name of ["SockJS frame", "raw frame"]) {
    expect(finding(found, "Sizes", name)).toMatchObject({
      found: expect.stringMatching(/^8,192 characters are taken; 8,193: .*code 1009/),
      remedy: expect.stringContaining("maxMessageSize: 8192"),
    });
  }
  // Spring lets in only pages of its own address.
  expect(finding(found, "Web pages", url).status).toBe("ok");
  expect(finding(found, "Web pages", "https://page.example").found).toMatch(/HTTP 403/);
  expect(named(found, "problem")).toEqual(["Web pages: https://page.example"]);
});
