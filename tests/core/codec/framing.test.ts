import { describe, expect, it } from "vitest";
import { PlainMessage, rawFraming, sockJsFraming } from "../../../src/core/codec/index.ts";
import fc, { runs } from "../../support/properties.ts";
import { anyText } from "../../support/texts.ts";

describe("SockJS framing", () => {
  it("reads open, heartbeat and close", () => {
    expect(sockJsFraming.decode("o")).toEqual({ type: "open" });
    expect(sockJsFraming.decode("h")).toEqual({ type: "heartbeat" });
    expect(sockJsFraming.decode('c[3000,"Go away!"]')).toEqual({
      type: "close",
      code: 3000,
      reason: "Go away!",
    });
    for (const frame of ["c[]", "c5", "cnull", 'c"3000"']) {
      expect(sockJsFraming.decode(frame)).toEqual({ type: "close", code: 1005, reason: "" });
    }
  });

  it("reads one message or several from a frame", () => {
    expect(sockJsFraming.decode('a["IO_CONNECTED"]')).toEqual({
      type: "messages",
      messages: ["IO_CONNECTED"],
    });
    expect(sockJsFraming.decode('a["ping", "C {}" ,"x"]\n')).toEqual({
      type: "messages",
      messages: ["ping", "C {}", "x"],
    });
    expect(sockJsFraming.decode("a[]")).toEqual({ type: "messages", messages: [] });
    expect(sockJsFraming.decode('m"ping"')).toEqual({ type: "messages", messages: ["ping"] });
  });

  it.each(["", "x", "a", "a[", "a{}", 'a"x"', "a[1]", 'a["x",null]', "c[", "m1"])(
    "calls %j malformed and says why",
    (text) => {
      const frame = sockJsFraming.decode(text);
      expect(frame).toMatchObject({ type: "malformed", text });
      expect(frame.type === "malformed" && frame.reason).toBeTruthy();
    },
  );

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((text) => `a${text}`),
        ),
        (text) => void sockJsFraming.decode(text),
      ),
    );
  });

  it("puts a message into an array of one", () => {
    expect(sockJsFraming.encode(new PlainMessage('E {"a":"b"}'))).toBe('["E {\\"a\\":\\"b\\"}"]');
  });

  it("carries every text unchanged, through what UTF-8 can carry", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1 }), (texts) => {
        const wire = Buffer.from(
          `a[${texts.map((text) => sockJsFraming.encode(new PlainMessage(text)).slice(1, -1)).join(",")}]`,
          "utf8",
        );
        expect(sockJsFraming.decode(wire.toString("utf8"))).toEqual({ type: "messages", messages: texts });
      }),
      { numRuns: runs(1_000) },
    );
  });
});

describe("raw framing", () => {
  it("is the message itself, both ways", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(rawFraming.encode(new PlainMessage(text))).toBe(text);
        expect(rawFraming.decode(text)).toEqual({ type: "messages", messages: [text] });
      }),
    );
  });
});
