import { type EncodedMessage, PlainMessage } from "../../../src/core/codec/index.ts";
import { CachedEvent, type EventTerms } from "../../../src/core/event-cache/index.ts";

/** An event whose end nobody hears of. */
class QuietEvent extends CachedEvent {
  readonly eventId: string;
  readonly encoded: EncodedMessage;

  constructor(eventId: string, terms: EventTerms) {
    super(terms);
    this.eventId = eventId;
    this.encoded = new PlainMessage(`E ${eventId}`);
  }

  resolve(): void {}
  reject(): void {}
  onStored(): void {}
}

export function quietEvent(
  eventId: string,
  fields: { readonly cached?: boolean; readonly isGuarded?: boolean; readonly key?: number } = {},
): CachedEvent {
  const { cached = true, isGuarded = false, key } = fields;
  const event = new QuietEvent(eventId, { cached, isGuarded });
  event.key = key;
  return event;
}
