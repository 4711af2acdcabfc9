import type { JsonBody } from "../../data/api.ts";
import { state } from "../../data/broker-state.ts";
import type { Copies } from "../copy-as.tsx";
import type { Payload } from "../payload.tsx";
import { toCurl } from "./curl.ts";

interface Request {
  readonly path: string;
  /** @throws {Error} while the form is not right. */
  readonly body: () => JsonBody;
  readonly payload: Payload;
  readonly uuid: string;
}

/** What both kinds of programs need to know. */
interface Shared {
  readonly url: string;
  readonly needsToken: boolean;
  readonly ownUuid: string;
  readonly uuid: string;
  readonly json: string | undefined;
}

/** What a form sends, as a command and as a program. The address of this page is that of the broker. */
export function makeCopies(
  { path, body, payload, uuid }: Request,
  program: (shared: Shared) => string,
): Copies {
  const needsToken = () => state.value?.needsToken ?? false;
  return {
    curl: () => toCurl({ url: `${location.origin}${path}`, body: body().json, needsToken: needsToken() }),
    TypeScript: () => {
      body();
      return program({
        url: location.origin,
        needsToken: needsToken(),
        ownUuid: newUuid(),
        uuid,
        json: payload.field === undefined ? undefined : payload.json.value,
      });
    },
  };
}

/** `crypto.randomUUID()` is for https and this computer only; a page of another computer has none. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}
