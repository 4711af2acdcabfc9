// The bounds of the broker that are not options and concern more than one file. docs/reference/broker-limits.md is the table of all of them.
// Sizes are bytes of heap.

/** How deep arrays and objects may stand inside one another: in a message, or a body. Jackson's own limit is 1,000. */
export const MAX_DEPTH = 100;

/**
 * The objects and arrays of one registration: each may be a schema, and checking that takes time. A message of 1,000,000 bytes has
 * fewer, unless it was made for it: `{"eventId":"E1","dataFormat":{"dataObject":{"type":"string"}}}` has three in 61 bytes.
 */
export const MAX_REGISTRATION_CONTAINERS = 20_000;

/** The characters of a `uuid`, an `eventId` or a `functionId`; all of them are keys that are kept. */
export const MAX_ID_LENGTH = 256;
/** The characters of a token that is verified over REST. */
export const MAX_TOKEN_LENGTH = 1_000;

/** Services that are registered on one connection. */
export const MAX_SERVICES_PER_CONNECTION = 1_000;
/** Services that are registered, and those that were, as far as they are remembered. */
export const MAX_SERVICES = 10_000;
/** What their self-descriptions take. */
export const MAX_SERVICES_SIZE = 64_000_000;
/** Events and functions of one service, and configuration parameters. */
export const MAX_DECLARATIONS = 10_000;

/** What went wrong lately, of each kind, and how much of all of it is told at once. */
export const MAX_INCIDENTS = 500;
export const MAX_PROBLEMS = 100;

/** What the events that are kept take. */
export const MAX_EVENTS_SIZE = 64_000_000;

/** What the last values and the counts of all events of all services take. */
export const MAX_ACTIVITY_SIZE = 32_000_000;
/** The characters of a last value in the list of a service's events. */
export const MAX_ACTIVITY_TEXT = 400;

/** What the trace takes, and the characters that it keeps of one message. */
export const MAX_TRACE_SIZE = 32_000_000;
export const MAX_TRACE_TEXT = 4_000;
/** What longer ones take that are kept whole besides. */
export const MAX_WHOLE_SIZE = 16_000_000;
/** Messages of which a watcher of the trace is told the answer later. */
export const MAX_UNANSWERED = 5_000;
/** The characters of a note on a message. */
export const MAX_NOTE = 500;
/** The characters of one batch of a live trace; four times as many come first, or wait for the next one. */
export const MAX_BATCH_SIZE = 250_000;

/**
 * The objects and arrays of one flow, or flow document, and how deep they stand inside one another: in the documents of the C#
 * client each step of a chain stands inside the one before it, twelve deeper.
 */
export const FLOW_BOUNDS = { containers: 20_000, depth: 400 };
/** What all flows take as JSON; ready for use they take up to 30 times as much. */
export const MAX_FLOWS_SIZE = 4_000_000;
/** Flows that were removed and can be brought back, and what they take as JSON. */
export const MAX_REMOVED_FLOWS = 100;
export const MAX_REMOVED_FLOWS_SIZE = 1_000_000;
/** The characters of what a flow's last error says. */
export const MAX_FLOW_ERROR = 200;
/** The places of an event that one mapping reads, and the characters of the parameters that it makes. */
export const MAX_READS = 1_000;
export const MAX_PARAMETERS_SIZE = 4_000_000;
/** What a template may become. The MSB's own clients take no message that is longer. */
export const MAX_TEMPLATE_OUTPUT = 1_000_000;

/** What flows from several events keep, all together. */
export const MAX_HELD_SIZE = 64_000_000;
/** What a delay (a fault) keeps waiting; beyond it the oldest go early. */
export const MAX_DELAYED = 100_000;
export const MAX_DELAYED_SIZE = 64_000_000;
/** Silences, and refusals, that are in force at once. */
export const MAX_FAULTS = 1_000;
/** Requests that wait for the answer to their call. */
export const MAX_WAITING_CALLS = 1_000;

/** The largest body of a request, in bytes. */
export const MAX_BODY = 1_000_000;
/** Issues that are told of one message or request, and the characters of each. */
export const MAX_ISSUES = 20;
export const MAX_ISSUE_LENGTH = 500;
/** The characters of a name or a description in a list of services. */
export const MAX_SUMMARY_TEXT = 200;

/**
 * How long the check of one value against its data format may take, in milliseconds. It is for formats that multiply. What is
 * bounded otherwise must not come near it on a slow machine: a pattern with the most steps takes 20 when it is run for the first time,
 * and 60 where V8 does not optimize it.
 */
export const MAX_CHECK_TIME = 250;
/** The characters of a `pattern`, and the steps (its instructions times the characters of a value) for which it is run. */
export const MAX_PATTERN_LENGTH = 1_000;
export const MAX_PATTERN_STEPS = 100_000;

/** The largest delay of a timer of Node.js, in milliseconds. */
export const MAX_TIMER = 0x7fffffff;

/** What an object, its place in a list and its short fields take besides its JSON or message. */
export const ITEM_OVERHEAD = 500;

/** What a string takes in the heap, at most: one byte for each character, or two if one of them needs two. */
export function heapSize(string: string): number {
  return Buffer.byteLength(string) === string.length ? string.length : 2 * string.length;
}
