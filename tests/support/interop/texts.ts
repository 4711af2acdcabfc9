import { NASTY_TEXTS } from "../texts.ts";
import type { Language } from "./languages.ts";

type Framing = "sockjs" | "raw";

/** A text as it stands inside a message. */
const inMessage = (text: string): string => JSON.stringify(text);

/** What a client reads intact; see docs/project/interop.md for what becomes of the others. */
export function readableTexts(language: Language, framing: Framing): string[] {
  if (language === "java") {
    return [...NASTY_TEXTS];
  }
  return NASTY_TEXTS.filter((text) =>
    framing === "sockjs"
      ? // It cuts the frame open instead of parsing it, so that each backslash of the message stays doubled.
        !inMessage(text).includes("\\")
      : // It takes the backslash from each \" before it parses the message.
        !inMessage(text).includes('\\"'),
  );
}

/** What a client writes intact. */
export function writableTexts(language: Language, framing: Framing): string[] {
  if (language !== "python" || framing === "raw") {
    return [...NASTY_TEXTS];
  }
  // It cuts each \n out of the frame, also where the message escapes a line break, or a backslash before an n.
  return NASTY_TEXTS.filter((text) => !inMessage(text).includes("\\n"));
}
