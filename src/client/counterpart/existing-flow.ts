import { canonical } from "../../core/data-format/json.ts";
import { quote } from "../../support/clip.ts";
import { MsbError } from "../../support/errors.ts";

/** What the management says of a flow. */
export type Flow = Readonly<Record<string, unknown>>;

interface WrittenService {
  readonly uUID?: unknown;
}

/** What is read of a document; a management may leave out any of it. */
interface WrittenFlow {
  readonly transitions?: readonly {
    readonly inputs?: readonly {
      readonly transitionInput?: { readonly eventId?: unknown; readonly service?: WrittenService };
      readonly processors?: readonly {
        readonly pattern?: unknown;
        readonly output?: {
          readonly transitionOutput?: {
            readonly functionId?: unknown;
            readonly serviceEndpoint?: { readonly service?: WrittenService };
          };
        };
      }[];
    }[];
  }[];
}

/** How it maps, and what it connects. */
function readWritten(flow: WrittenFlow) {
  const input = flow.transitions?.[0]?.inputs?.[0];
  const processor = input?.processors?.[0];
  const from = input?.transitionInput;
  const to = processor?.output?.transitionOutput;
  const ends = [from?.service?.uUID, from?.eventId, to?.serviceEndpoint?.service?.uUID, to?.functionId];
  return { pattern: processor?.pattern, ends };
}

/** Whether it makes other calls of events than the document says. Not if the management does not tell what it makes. */
export function isOutdated(flow: object, document: object): boolean {
  const { pattern } = readWritten(flow);
  return pattern !== undefined && canonical(pattern) !== canonical(readWritten(document).pattern);
}

/** Whether it makes the same calls of the same events, whatever it is called. */
export function isSame(flow: object, document: object): boolean {
  const written = readWritten(flow);
  return written.pattern !== undefined && canonical(written) === canonical(readWritten(document));
}

export function readId(name: string, id: unknown): string {
  if (typeof id !== "number" && typeof id !== "string") {
    const message = `The flow ${quote(name)} is there, but not as it should be, and the management does not say its id.`;
    throw new MsbError("BAD_MESSAGE", message, { remedy: "Deploy it there, or delete it." });
  }
  return String(id);
}
